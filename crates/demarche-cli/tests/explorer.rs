//! The explorer over HTTP: pages, answers, and what it does with those who mean harm.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod served;

use std::time::Duration;

use serde_json::Value;
use served::Served;
use ureq::Agent;
use ureq::http::Response;

fn agent() -> Agent {
    let settings = Agent::config_builder().http_status_as_error(false).max_redirects(0);
    settings.timeout_global(Some(Duration::from_secs(60))).build().into()
}

type Answer = Response<ureq::Body>;

fn get(url: &str) -> Answer {
    agent().get(url).call().unwrap()
}

fn text(mut answer: Answer) -> String {
    answer.body_mut().read_to_string().unwrap()
}

fn json(url: &str) -> Value {
    let answer = get(url);
    assert_eq!(answer.status(), 200, "{url}");
    serde_json::from_str(&text(answer)).unwrap()
}

fn header(answer: &Answer, name: &str) -> String {
    answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[test]
fn every_page_is_there_and_says_what_the_archive_holds() {
    let served = Served::start("explorer-pages", &[], &[]);
    let page = |path: &str| {
        let answer = get(&format!("{}{path}", served.url));
        assert_eq!(answer.status(), 200, "{path}");
        assert!(header(&answer, "content-security-policy").contains("default-src 'none'"));
        assert!(header(&answer, "content-type").starts_with("text/html"));
        text(answer)
    };
    assert!(page("/").contains("Japan and Russia"));
    assert!(page("/pair/JPN/RUS").contains("Where talks stand"));
    assert!(page("/dossier/jpn/rus").contains("id=\"offers\""));
    assert!(page("/events?between=JPN,RUS&type=CONSULT").contains("Shinzo Abe"));
    assert!(page("/stories?text=islands").contains("/story/"));
    assert!(page("/actors?name=Abe").contains("/actor/Shinzo%20Abe"));
    assert!(page("/actor/Shinzo%20Abe").contains("With whom"));
    assert!(page("/map?zoom=4&lat=44&lon=146").contains("Northern Territories"));
    let events = json(&format!("{}/api/v1/events?between=JPN,RUS&limit=1", served.url));
    let event = &events["items"][0];
    assert!(page(&format!("/event/{}", event["id"])).contains("Told by"));
    let story = page(&format!("/story/{}?event={}", event["story_id"], event["number"].as_str().unwrap()));
    assert!(story.contains("id=\"why\"") && story.contains("part part-trigger"));
    for (path, kind) in [
        ("/map.svg", "image/svg+xml"),
        ("/pair/JPN/RUS/volume.svg", "image/svg+xml"),
        ("/assets/style.css", "text/css; charset=utf-8"),
    ] {
        let answer = get(&format!("{}{path}", served.url));
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_str()), (200, kind));
    }
    for (path, status) in [
        ("/nowhere", 404),
        ("/story/999999", 404),
        ("/event/x", 400),
        ("/events?since=soon", 400),
        ("/events?status=wanted", 400),
        ("/pair/JPN/JPN", 400),
    ] {
        let answer = get(&format!("{}{path}", served.url));
        assert_eq!(answer.status(), status, "{path}");
        assert!(text(answer).contains("To the overview"), "{path}");
    }
}

#[test]
fn answers_for_programs_are_paged_and_named() {
    let served = Served::start("explorer-api", &[], &[]);
    let api = format!("{}/api/v1", served.url);
    let all = json(&format!("{api}/events?limit=1000"));
    let ids =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|e| e["id"].as_i64().unwrap()).collect::<Vec<_>>();
    let (mut paged, mut after) = (Vec::new(), String::new());
    loop {
        let page = json(&format!("{api}/events?limit=7&after={after}"));
        paged.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    assert_eq!(paged, ids(&all));
    assert_eq!(json(&format!("{api}/summary"))["events"].as_u64().unwrap() as usize, paged.len());
    let csv = text(get(&format!("{api}/events?format=csv&between=JPN,RUS&limit=1000")));
    let pair = json(&format!("{api}/events?between=JPN,RUS&limit=1000"));
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), ids(&pair).len());
    for (list, least) in [("stories", 28), ("actors", 50)] {
        let table = text(get(&format!("{api}/{list}?format=csv&limit=1000")));
        assert!(csv::Reader::from_reader(table.as_bytes()).records().count() >= least, "{list}");
    }
    let arrow = agent().get(format!("{api}/events?format=arrow")).call().unwrap().body_mut().read_to_vec().unwrap();
    assert_eq!(&arrow[..4], [0xff; 4]);
    assert!(json(&format!("{api}/timeline?between=JPN,RUS"))["items"].as_array().unwrap().len() > 3);
    assert!(json(&format!("{api}/dossier/JPN/RUS"))["meetings"].as_array().unwrap().len() > 1);
    let story = json(&format!("{api}/stories"))["items"][0]["id"].clone();
    let record = json(&format!("{api}/stories/{story}"));
    let explained = json(&format!("{api}/stories/{story}/explain"));
    assert_eq!(record["record"]["events"].as_array().unwrap().len(), explained.as_array().unwrap().len());
    let wrong = get(&format!("{api}/events?limit=0"));
    assert_eq!((wrong.status().as_u16(), header(&wrong, "content-type").as_str()), (400, "application/problem+json"));
    assert_eq!(get(&format!("{api}/events?text=%22")).status(), 400);
    assert_eq!(get(&format!("{api}/nothing")).status(), 404);
    let document = json(&format!("{api}/openapi.json"));
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["paths"].as_object().unwrap().len(), 12);
}

#[test]
fn a_story_that_is_sent_is_coded_and_nothing_else_is() {
    let served = Served::start("explorer-code", &[], &[]);
    let url = format!("{}/api/v1/code", served.url);
    let story =
        r#"{"id": "note", "date": "2019-01-07", "text": "Iran rejected the offer of the United States on Monday."}"#;
    let post = |kind: &str, body: &str| agent().post(&url).header("content-type", kind).send(body).unwrap();
    let record: Value = serde_json::from_str(&text(post("application/json", story))).unwrap();
    assert_eq!((&record["events"][0]["type"], &record["story"]["id"]), (&"REJECT".into(), &"note".into()));
    assert_eq!(post("text/plain", story).status(), 415);
    assert_eq!(post("application/json", "{\"text\": \" \"}").status(), 422);
    assert_eq!(post("application/json", "{").status(), 422);
    assert_eq!(post("application/json", &format!("{{\"text\": \"{}\"}}", "a ".repeat(600_000))).status(), 413);
    let foreign =
        agent().post(&url).header("content-type", "application/json").header("origin", "https://evil.example");
    assert_eq!(foreign.send(story).unwrap().status(), 403);
    let rebound = agent().get(&served.url).header("host", "evil.example").call().unwrap();
    assert_eq!(rebound.status(), 421);
}

#[test]
fn beyond_this_machine_a_token_is_asked_for() {
    let folder = served::folder("explorer-token-file");
    let token = "correct horse battery staple";
    let file = folder.join("token.txt");
    std::fs::write(&file, token).unwrap();
    let out = served::demarche().args(["demo", "--listen", "0.0.0.0:0"]).output().unwrap();
    assert!(String::from_utf8_lossy(&out.stderr).contains("give a token"));
    let served = Served::start("explorer-token", &[], &["--token-file", &file.display().to_string()]);
    assert_eq!(get(&format!("{}/", served.url)).status(), 303);
    let closed = get(&format!("{}/api/v1/events", served.url));
    assert_eq!((closed.status().as_u16(), header(&closed, "www-authenticate").as_str()), (401, "Bearer"));
    let open = agent().get(format!("{}/api/v1/events", served.url)).header("authorization", &format!("Bearer {token}"));
    assert_eq!(open.call().unwrap().status(), 200);
    assert_eq!(get(&format!("{}/api/v1/events?token={}", served.url, token.replace(' ', "+"))).status(), 401);
    let login = |given: &str| agent().post(format!("{}/login", served.url)).send_form([("token", given)]).unwrap();
    assert_eq!(login("wrong horse battery staple").status(), 403);
    let cookie = header(&login(token), "set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("horse"));
    let inside = agent().get(&served.url).header("cookie", cookie.split(';').next().unwrap()).call().unwrap();
    assert_eq!(inside.status(), 200);
}
