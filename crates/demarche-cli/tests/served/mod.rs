//! An explorer that is served for a test.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub struct Served {
    program: Child,
    pub url: String,
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn demarche() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(root()).env_remove("DEMARCHE_TOKEN");
    command
}

impl Served {
    /// Ingests the example stories and what else is named, and serves them.
    pub fn start(name: &str, more: &[&str], serve: &[&str]) -> Self {
        let folder = folder(name);
        let db = folder.join("a.db").display().to_string();
        let ingested = demarche().args(["ingest", "--db", &db, "examples"]).args(more).output().unwrap();
        assert!(ingested.status.code() != Some(2), "{}", String::from_utf8_lossy(&ingested.stderr));
        let listen = if serve.contains(&"--listen") { &[][..] } else { &["--listen", "127.0.0.1:0"][..] };
        let mut program =
            demarche().args(["serve", "--db", &db]).args(listen).args(serve).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(program.stderr.take().unwrap()).lines();
        let told = lines.next().unwrap().unwrap();
        let url =
            told.split(' ').find(|word| word.starts_with("http://")).unwrap_or_else(|| panic!("{told}")).to_owned();
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(|line| eprintln!("{}", line.unwrap_or_default())));
        Self { program, url }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
