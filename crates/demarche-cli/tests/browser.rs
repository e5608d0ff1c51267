//! The explorer in a browser: Chromium without a window, driven by its driver. Skipped with a word where these are not installed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "served/hostile.rs"]
mod hostile;
mod served;

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use served::Served;

/// A browser for a test.
struct Browser {
    driver: Child,
    client: Client,
    url: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// What Chromium is asked for; a narrow screen is emulated, since a window has a least width.
fn wishes(size: (u32, u32), dark: bool) -> Capabilities {
    let mut arguments = vec!["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    let window = format!("--window-size={},{}", size.0, size.1);
    arguments.push(&window);
    if dark {
        arguments.push("--blink-settings=preferredColorScheme=0");
    }
    let mut options = json!({ "args": arguments });
    if size.0 < 600 {
        options["mobileEmulation"] =
            json!({ "deviceMetrics": { "width": size.0, "height": size.1, "pixelRatio": 1.0 } });
    }
    let all = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
    all.as_object().unwrap().clone()
}

async fn browser(size: (u32, u32), dark: bool) -> Option<Browser> {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut driver = Command::new("chromedriver");
    let Ok(driver) = driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
        eprintln!("skipped: chromedriver is not installed (Debian: chromium-driver)");
        return None;
    };
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wishes(size, dark));
        if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
            let session = client.session_id().await.unwrap().unwrap();
            return Some(Browser { driver, client, url: format!("http://127.0.0.1:{port}/session/{session}") });
        }
    }
    panic!("the browser does not start");
}

impl Browser {
    /// Opens a page and waits until it is whole: on a busy machine the driver may come back before it is.
    async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
        let whole = format!("return location.href.startsWith({url:?}) && document.readyState === 'complete'");
        for _ in 0..600 {
            // A script that the change of pages cuts off says nothing yet.
            if self.client.execute(&whole, Vec::new()).await.is_ok_and(|answer| answer == Value::Bool(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never whole: {url}, but {:?}", self.client.source().await);
    }

    async fn js(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    async fn click(&self, css: &str) {
        self.client
            .find(Locator::Css(css))
            .await
            .unwrap_or_else(|error| panic!("{css}: {error}"))
            .click()
            .await
            .unwrap();
    }

    /// Waits until a script says true.
    async fn until(&self, script: &str) {
        for _ in 0..100 {
            if self.js(script).await == Value::Bool(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never so: {script}");
    }

    /// Nothing was said on the console, and nothing was asked of another host.
    async fn is_calm(&self, page: &str, host: &str) {
        let mut answer = ureq::post(format!("{}/se/log", self.url)).send_json(json!({ "type": "browser" })).unwrap();
        let log: Value = answer.body_mut().read_json().unwrap();
        assert_eq!(log["value"], json!([]), "{page}");
        let asked = self.js("return performance.getEntriesByType('resource').map(e => e.name)").await;
        let foreign = asked.as_array().unwrap().iter().filter(|url| !url.as_str().unwrap().starts_with(host)).count();
        assert_eq!(foreign, 0, "{page}: {asked}");
    }

    /// axe-core finds nothing serious. Where its file is says the variable AXE.
    async fn is_accessible(&self, page: &str) {
        let Ok(axe) = std::env::var("AXE").map(|path| std::fs::read_to_string(path).unwrap()) else {
            eprintln!("skipped: accessibility, for the variable AXE does not name axe.min.js (npm: axe-core)");
            return;
        };
        self.js(&axe).await;
        let script = "const done = arguments[0]; axe.run({ resultTypes: ['violations'] }).then(r => done(r.violations
            .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))))";
        let found = self.client.execute_async(script, Vec::new()).await.unwrap();
        assert_eq!(found, json!([]), "{page}");
    }

    /// Keeps what is seen, where the variable SCREENSHOTS names a folder.
    async fn keep(&self, name: &str) {
        if let Ok(folder) = std::env::var("SCREENSHOTS") {
            std::fs::write(format!("{folder}/{name}.png"), self.client.screenshot().await.unwrap()).unwrap();
        }
    }
}

/// A story and an event in it, by an event between Japan and Russia.
fn some_event(served: &Served) -> (String, String) {
    let url = format!("{}/api/v1/events?between=JPN,RUS&type=CONSULT&limit=1", served.url);
    let page: Value = ureq::get(url).call().unwrap().body_mut().read_json().unwrap();
    let event = &page["items"][0];
    (format!("/story/{}", event["story_id"]), event["number"].as_str().unwrap().to_owned())
}

const NARROW: &str = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";

#[tokio::test]
async fn every_page_is_calm_accessible_and_fits_screens_light_and_dark() {
    let served = Served::start("browser-pages", &[], &[]);
    let (story, event) = some_event(&served);
    let picked = format!("{story}?event={event}");
    let pages = [
        ("overview", "/"),
        ("events", "/events?between=JPN,RUS"),
        ("stories", "/stories"),
        ("actors", "/actors"),
        ("actor", "/actor/Shinzo%20Abe"),
        ("pair", "/pair/JPN/RUS"),
        ("dossier", "/dossier/JPN/RUS"),
        ("map", "/map"),
        ("story", picked.as_str()),
        ("event", "/event/3"),
        ("missing", "/nowhere"),
    ];
    for (size, dark, name) in [((1280, 900), false, "wide"), ((1280, 900), true, "dark"), ((390, 844), false, "narrow")]
    {
        let Some(browser) = browser(size, dark).await else { return };
        for (page, path) in pages {
            browser.open(&format!("{}{path}", served.url)).await;
            let here = format!("{page}, {name}");
            assert_eq!(browser.js("return document.querySelectorAll('main').length").await, 1, "{here}");
            assert_eq!(browser.js(NARROW).await, true, "{here}");
            if page != "missing" {
                browser.is_calm(&here, &served.url).await;
            }
            browser.is_accessible(&here).await;
            browser.keep(&format!("{page}-{name}")).await;
        }
        let dark_now = browser.js("return matchMedia('(prefers-color-scheme: dark)').matches").await;
        assert_eq!(dark_now, dark);
    }
}

#[tokio::test]
async fn the_form_makes_an_address_that_gives_the_same_view_again() {
    let served = Served::start("browser-form", &[], &[]);
    let Some(browser) = browser((1280, 900), false).await else { return };
    browser.open(&format!("{}/events", served.url)).await;
    browser.click("details.filter summary").await;
    let form = browser.client.form(Locator::Css("details.filter form")).await.unwrap();
    form.set_by_name("between", "jpn,rus").await.unwrap();
    browser.js("document.querySelector('select[name=type]').value = 'CONSULT'").await;
    browser.click("details.filter button").await;
    browser.until("return location.search.includes('between=jpn')").await;
    let seen = "return document.querySelector('table.events').innerText";
    let rows = browser.js(seen).await;
    assert!(rows.as_str().unwrap().contains("Putin"));
    let shared = browser.client.current_url().await.unwrap();
    browser.open("about:blank").await;
    browser.open(shared.as_str()).await;
    assert_eq!(browser.js(seen).await, rows);
    assert_eq!(browser.js("return document.querySelector('input[name=between]').value").await, "jpn,rus");
}

#[tokio::test]
async fn an_event_is_picked_in_its_story_and_the_map_is_enlarged_without_leaving_the_page() {
    let served = Served::start("browser-story", &[], &[]);
    let Some(browser) = browser((1280, 900), false).await else { return };
    let (story, event) = some_event(&served);
    browser.open(&format!("{}{story}", served.url)).await;
    browser.js("window.stayed = true").await;
    browser.click(&format!(".card[data-event={event}] a.cover")).await;
    browser.until("return !!document.querySelector('.card.picked #why') && window.stayed === true").await;
    assert_eq!(browser.js("return !!document.querySelector('.text .clause .part, .text .part')").await, true);
    assert!(browser.client.current_url().await.unwrap().as_str().contains(&format!("event={event}")));
    browser.client.back().await.unwrap();
    browser.until("return !document.querySelector('.card.picked')").await;
    browser.open(&format!("{}/map", served.url)).await;
    browser.click("#map .ways a[aria-label=Closer]").await;
    browser.until("return document.querySelector('#world').getAttribute('viewBox').split(' ')[2] === '1000.0'").await;
    assert!(browser.client.current_url().await.unwrap().query().unwrap().contains("zoom=2"));
    browser.js("document.querySelector('#world').dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true, cancelable: true, clientX: 600, clientY: 500 }))").await;
    browser.until("return location.search.includes('zoom=2.5')").await;
    browser.is_calm("map", &served.url).await;
}

#[tokio::test]
async fn dark_or_light_is_chosen_and_kept() {
    let served = Served::start("browser-theme", &[], &[]);
    let Some(browser) = browser((1280, 900), false).await else { return };
    browser.open(&served.url).await;
    let paper = "return getComputedStyle(document.body).backgroundColor";
    let light = browser.js(paper).await;
    browser.click("button.theme").await;
    let dark = browser.js(paper).await;
    assert_ne!(light, dark);
    browser.open(&format!("{}/events", served.url)).await;
    assert_eq!(browser.js(paper).await, dark);
}

/// What of a page is not as the server means it: something ran, hangs in the wrong place, or leads away.
const HARM: &str = "
    const bad = [];
    if (window.hacked !== undefined) bad.push('ran');
    if (document.querySelectorAll('script').length !== 1) bad.push('scripts');
    if (document.querySelectorAll('iframe, object, embed, base, meta[http-equiv]').length) bad.push('frames');
    if (document.querySelectorAll('body > main').length !== 1 || document.body.lastElementChild.tagName !== 'FOOTER') bad.push('shape');
    for (const e of document.querySelectorAll('*')) for (const a of e.attributes) {
        if (a.name.startsWith('on') || /^(javascript|data):/i.test(a.value)) bad.push(e.tagName + ' ' + a.name);
    }
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) bad.push('too wide');
    return bad";

#[tokio::test]
async fn stories_that_mean_harm_do_none() {
    let folder = served::folder("browser-hostile-stories");
    hostile::write(&folder);
    let served = Served::start("browser-hostile", &[&folder.display().to_string()], &[]);
    let Some(browser) = browser((1280, 900), false).await else { return };
    let url = format!("{}/api/v1/stories?limit=1000", served.url);
    let stories: Value = ureq::get(url).call().unwrap().body_mut().read_json().unwrap();
    let is_hostile = |story: &&Value| {
        let name = story["name"].as_str().unwrap();
        ["hostile-", "quoted-", "hard-", "deep-"].iter().any(|kind| name.starts_with(kind))
    };
    let hostile = stories["items"].as_array().unwrap().iter().filter(is_hostile);
    let ids: Vec<&Value> = hostile.map(|story| &story["id"]).collect();
    assert!(ids.len() > 50, "{} stories", ids.len());
    let mut pages: Vec<String> =
        ids.iter().flat_map(|id| [format!("/story/{id}"), format!("/story/{id}?event=e1#e1")]).collect();
    pages.extend(
        ["/", "/events?limit=1000", "/actors?name=hacked", "/stories", "/pair/IRN/USA", "/dossier/JPN/RUS", "/map"]
            .map(str::to_owned),
    );
    pages.extend(
        ["/stories?text=%3Cscript%3E", "/events?actor=%22%3E%3Cscript%3Ewindow.hacked=1%3C/script%3E"]
            .map(str::to_owned),
    );
    for page in pages {
        browser.open(&format!("{}{page}", served.url)).await;
        assert_eq!(browser.js(HARM).await, json!([]), "{page}");
    }
}
