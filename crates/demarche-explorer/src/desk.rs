//! What all requests share: the shelf, the coder, what is counted and what is explained.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use demarche::place::Gazetteer;
use demarche::record::Record;
use demarche::story::Intake;
use demarche::{Coder, DossierTables, Explanation, Story};
use demarche_archive::{Archive, Codes, KeptStory, Summary};
use tokio::sync::Semaphore;

use crate::ExplorerError;
use crate::pages::dossier::Gathered;
use crate::problem::Problem;
use crate::shelf::Shelf;

/// Lines of the lists that a summary holds.
pub const LINES: usize = 60;

/// Stories that are coded at once.
const CODED_AT_ONCE: usize = 2;

/// How long a story may wait to be coded.
const PATIENCE: Duration = Duration::from_secs(20);

/// Explanations that are kept: making one costs a tenth of a second.
const KEPT: usize = 200;

/// The least time between two looks at whether the archive has changed.
const LOOK: Duration = Duration::from_secs(3);

type Explained = (i64, Arc<Vec<Explanation>>);

/// Dossiers that are kept: one of many stories costs as much.
const DOSSIERS: usize = 32;

pub struct Desk {
    pub shelf: Shelf,
    pub dossiers: DossierTables,
    pub intake: Intake,
    pub gazetteer: Gazetteer,
    /// Names of states and CAMEO codes.
    pub codes: Codes,
    /// The edition of the coder.
    edition: String,
    coder: Arc<Coder>,
    turns: Semaphore,
    /// None until the archive was counted for the first time.
    summary: RwLock<Option<Arc<Summary>>>,
    explained: Mutex<VecDeque<Explained>>,
    gathered: Mutex<VecDeque<(String, Arc<Gathered>)>>,
}

impl Desk {
    pub fn new(archive: &Path, coder: Coder) -> Result<Self, ExplorerError> {
        let shelf = Shelf::new(archive)?;
        Ok(Self {
            shelf,
            dossiers: DossierTables::shipped().map_err(demarche::CoderError::from)?,
            intake: Intake::new().map_err(demarche::CoderError::from)?,
            gazetteer: Gazetteer::shipped().map_err(demarche::CoderError::from)?,
            codes: Codes::shipped(),
            edition: coder.edition(),
            coder: Arc::new(coder),
            turns: Semaphore::new(CODED_AT_ONCE),
            summary: RwLock::default(),
            explained: Mutex::default(),
            gathered: Mutex::default(),
        })
    }

    /// The archive at a glance, as last counted; all of it empty until it was.
    pub fn summary(&self) -> Arc<Summary> {
        self.summary.read().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default()
    }

    /// Whether the archive was counted at all.
    pub fn is_counted(&self) -> bool {
        self.summary.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// A state's name; its code where it has none.
    pub fn state(&self, code: &str) -> String {
        let name = self.codes.name(Some(code));
        if name.is_empty() { code.to_owned() } else { name.to_owned() }
    }

    fn renew(&self, summary: Summary) {
        *self.summary.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(summary));
        self.explained.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Works with the coder on a thread of its own, when it is its turn.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Coder) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many stories are being coded: try again");
        let turn = tokio::time::timeout(PATIENCE, self.turns.acquire()).await.map_err(|_| busy())?;
        let _turn = turn.map_err(|_| busy())?;
        let coder = Arc::clone(&self.coder);
        tokio::task::spawn_blocking(move || work(&coder)).await.map_err(|error| Problem::fault(&error))?
    }

    /// The record of a story.
    pub async fn code(&self, story: Story) -> Result<Record, Problem> {
        self.work(move |coder| Ok(coder.code(&story)?)).await
    }

    /// A dossier that was made since the archive last changed.
    pub fn gathered(&self, key: &str) -> Option<Arc<Gathered>> {
        let kept = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, _)| of == key).map(|(_, gathered)| Arc::clone(gathered))
    }

    /// Keeps a dossier until the archive changes.
    pub fn keep(&self, key: String, gathered: &Arc<Gathered>) {
        let mut kept = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((key, Arc::clone(gathered)));
        if kept.len() > DOSSIERS {
            kept.pop_front();
        }
    }

    /// Why the events of a story of the archive were coded; none where another edition coded it, or its text is not kept.
    pub async fn explain(&self, kept: &KeptStory) -> Result<Option<Arc<Vec<Explanation>>>, Problem> {
        if kept.edition != self.edition || kept.story.text.is_empty() {
            return Ok(None);
        }
        let id = kept.id;
        let known = |all: &VecDeque<Explained>| all.iter().find(|(of, _)| *of == id).map(|(_, why)| Arc::clone(why));
        if let Some(why) = known(&self.explained.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Some(why));
        }
        // What intake reads from the text is no part of a record.
        let story = self.intake.complete(kept.story.clone()).unwrap_or_else(|_| kept.story.clone());
        let why = Arc::new(self.work(move |coder| Ok(coder.explain(&story)?)).await?);
        let mut all = self.explained.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_back((id, Arc::clone(&why)));
        if all.len() > KEPT {
            all.pop_front();
        }
        Ok(Some(why))
    }
}

/// Counts, and counts again whenever the archive has changed, on a thread and a connection of its own, and spends at most a tenth of the time on
/// it. Returns when the archive was counted for the first time, or this takes long.
pub fn keep_counting(desk: &Arc<Desk>, archive: Archive) {
    let desk = Arc::downgrade(desk);
    let (counted, first) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut seen = None;
        loop {
            let Some(desk) = desk.upgrade() else { return };
            let (now, begun) = (archive.changes().ok(), Instant::now());
            if seen.is_none() || now != seen {
                seen = now;
                match archive.summary(LINES) {
                    Ok(summary) => desk.renew(summary),
                    Err(error) => eprintln!("error: the archive cannot be counted: {error}"),
                }
                let _ = counted.send(());
            }
            drop(desk);
            std::thread::sleep(LOOK.max(begun.elapsed() * 10));
        }
    });
    let _ = first.recv_timeout(LOOK);
}
