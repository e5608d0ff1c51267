//! Words a second of each room and of the whole walk, on the stories of `examples/`, one thread; and each room's share of the
//! time, with the reader as the bound: a room that takes more than a few hundredths of it is worth a look.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a bench reads files and the clock")]

use std::path::Path;
use std::time::Instant;

use demarche::actor::Directory;
use demarche::event::{EventTables, Scene};
use demarche::ontology::Ontology;
use demarche::place::Gazetteer;
use demarche::reader::{Reader, segment};
use demarche::story::{Intake, Story};
use demarche::time::TimeTables;
use demarche::voice::VoiceTables;
use demarche::{Coder, Edition, Span, Weights};

/// How often the examples are read, to have enough of them.
const TIMES: usize = 20;

fn stories() -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let intake = Intake::new().unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"));
    files.sort();
    let read =
        |path: &std::path::PathBuf| intake.read(&path.display().to_string(), &std::fs::read(path).unwrap(), None);
    let once: Vec<Story> = files.iter().flat_map(read).map(Result::unwrap).collect();
    (0..TIMES).flat_map(|_| once.clone()).collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed().as_secs_f64(), out)
}

fn main() {
    let stories = stories();
    let bodies: Vec<(&str, Span)> = stories.iter().map(|s| (s.text.as_str(), s.body())).collect();
    let (load, coder) = timed(|| Coder::new().unwrap());
    let (whole, _) = timed(|| coder.code_all(&stories, 1).unwrap());
    let reader = Reader::new(Weights::shipped(), Edition::Full).unwrap();
    let words: usize = bodies
        .iter()
        .map(|&(text, body)| segment(reader.word_tables(), text, body).iter().map(|(_, w)| w.len()).sum::<usize>())
        .sum();
    let (splitting, _) =
        timed(|| bodies.iter().map(|&(t, b)| segment(reader.word_tables(), t, b).len()).sum::<usize>());
    let (reading, readings) = timed(|| reader.read(&bodies, 1).unwrap());
    let spans: Vec<_> = readings.iter().map(|r| r.word_spans()).collect();
    let tables = TimeTables::shipped().unwrap();
    let each = || stories.iter().zip(&readings);
    let (time, times) =
        timed(|| stories.iter().zip(&spans).map(|(s, w)| tables.find(&s.text, w, s.date)).collect::<Vec<_>>());
    let gazetteer = Gazetteer::shipped().unwrap();
    let (place, places) = timed(|| each().map(|(s, r)| gazetteer.find(&s.text, r)).collect::<Vec<_>>());
    let directory = Directory::shipped().unwrap();
    let (actor, casts) = timed(|| {
        each().zip(&places).map(|((s, r), p)| directory.cast(&s.text, r, s.date, p, &gazetteer)).collect::<Vec<_>>()
    });
    let voice_tables = VoiceTables::shipped().unwrap();
    let (voice, voices) =
        timed(|| each().zip(&casts).map(|((s, r), c)| voice_tables.find(&s.text, r, c)).collect::<Vec<_>>());
    let ontology = Ontology::shipped().unwrap();
    let lexicon = EventTables::shipped(&ontology).unwrap();
    let (event, found) = timed(|| {
        (0..stories.len())
            .map(|i| {
                let scene = Scene {
                    text: &stories[i].text,
                    published: stories[i].date,
                    reading: &readings[i],
                    times: &times[i],
                    places: &places[i],
                    gazetteer: &gazetteer,
                    cast: &casts[i],
                    ontology: &ontology,
                    voices: &voices[i],
                    voice_tables: &voice_tables,
                    dateline: None,
                    home: None,
                };
                lexicon.find(&scene).events.len()
            })
            .sum::<usize>()
    });
    println!("{} stories, {words} words, {found} events; loading {:.3} s", stories.len(), load);
    let rooms = [
        ("sentences and words", splitting),
        ("reader, the above included", reading),
        ("time", time),
        ("place", place),
        ("actor", actor),
        ("voice", voice),
        ("event", event),
        ("the whole walk", whole),
    ];
    for (room, seconds) in rooms {
        println!("{room:28} {:>12.0} words/s   {:.3} of the reader's time", words as f64 / seconds, seconds / reading);
    }
}
