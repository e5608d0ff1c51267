//! Pages and feeds over HTTP, politely: robots.txt is obeyed, requests to one host are apart, and nothing may be endless.

use std::collections::HashMap;
use std::io::Read;
use std::thread::sleep;
use std::time::{Duration, Instant};

use robotxt::Robots;
use ureq::Agent;
use ureq::http::Response;
use url::Url;

use super::Why;

const NAME: &str = "demarche";
const AGENT: &str = concat!("demarche/", env!("CARGO_PKG_VERSION"), " (political event coder)");
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);
const BODY: Duration = Duration::from_secs(300);
/// A site that asks for longer pauses than this is asked for less.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const REDIRECTS: u32 = 8;
/// As much of a robots.txt as RFC 9309 asks to be read.
const ROBOTS: u64 = 500 << 10;

/// By what a server knows a state of a page: what `ETag` and `Last-Modified` said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// Whether a source is an address and no path.
pub fn is_address(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// What a server answers.
pub(crate) enum Answer {
    /// It has not changed.
    Same,
    /// The body, and by what to ask for it again.
    Body(Box<dyn Read>, Validators),
}

/// A client that knows what each site permits.
#[derive(Debug)]
pub(crate) struct Web {
    agent: Agent,
    pause: Duration,
    sites: HashMap<String, Site>,
}

#[derive(Debug)]
struct Site {
    robots: Robots,
    last: Instant,
}

impl Web {
    pub fn new(pause: Duration) -> Self {
        let agent = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .timeout_recv_body(Some(BODY))
            .max_redirects(REDIRECTS)
            .user_agent(AGENT)
            .http_status_as_error(false)
            .build()
            .new_agent();
        Self { agent, pause, sites: HashMap::new() }
    }

    /// Asks for a page, if the site permits it; of a state already known only whether there is another.
    pub fn get(&mut self, address: &str, known: Option<&Validators>) -> Result<Answer, Why> {
        let url = Url::parse(address).map_err(|error| Why::Http(format!("this is no address: {error}")))?;
        self.permit(&url)?;
        let mut request = self.agent.get(url.as_str());
        for (name, value) in [
            ("If-None-Match", known.and_then(|k| k.etag.as_ref())),
            ("If-Modified-Since", known.and_then(|k| k.modified.as_ref())),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.call().map_err(wrong)?;
        match response.status().as_u16() {
            304 => Ok(Answer::Same),
            200..=299 => {
                let validators =
                    Validators { etag: header(&response, "etag"), modified: header(&response, "last-modified") };
                let body = response.into_body().into_with_config().limit(u64::MAX).reader();
                Ok(Answer::Body(Box::new(body), validators))
            }
            other => Err(Why::Http(format!("the server answers {other}"))),
        }
    }

    /// Waits for a site's turn; an error where its robots.txt forbids the page.
    fn permit(&mut self, url: &Url) -> Result<(), Why> {
        let site = url.origin().ascii_serialization();
        if !self.sites.contains_key(&site) {
            let robots = self.robots(&site);
            self.sites.insert(site.clone(), Site { robots, last: Instant::now() });
        }
        let Some(site) = self.sites.get_mut(&site) else { return Ok(()) };
        if !site.robots.is_url_allowed(url) {
            return Err(Why::Robots);
        }
        let pause = site.robots.crawl_delay().map_or(self.pause, |asked| asked.min(LONGEST_PAUSE).max(self.pause));
        sleep(pause.saturating_sub(site.last.elapsed()));
        site.last = Instant::now();
        Ok(())
    }

    /// A site's rules. By RFC 9309 a site without them permits all, and one whose server fails forbids all.
    fn robots(&self, site: &str) -> Robots {
        let Ok(response) = self.agent.get(format!("{site}/robots.txt")).call() else {
            return Robots::allow_all();
        };
        match response.status().as_u16() {
            200..=299 => {
                let mut text = Vec::new();
                let read = response.into_body().into_reader().take(ROBOTS).read_to_end(&mut text);
                read.map_or_else(|_| Robots::allow_all(), |_| Robots::parse(&text, NAME))
            }
            500..=599 => Robots::disallow_all(),
            _ => Robots::allow_all(),
        }
    }
}

fn header<T>(response: &Response<T>, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn wrong(error: ureq::Error) -> Why {
    Why::Http(match error {
        ureq::Error::TooManyRedirects => format!("it leads on and on: more than {REDIRECTS} redirects"),
        other => other.to_string(),
    })
}
