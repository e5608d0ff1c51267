//! Who may ask: the host's own name only, a token beyond loopback, a rate for everybody else; and the headers that keep a browser from harm.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::pages;
use crate::problem::Problem;

/// Requests a second of one address, and at once.
const RATE: (u32, u32) = (20, 100);

/// Attempts to log in, a minute.
const ATTEMPTS: u32 = 10;

/// The fewest characters of a token.
const SHORTEST: usize = 16;

const COOKIE: &str = "demarche";

/// What must be shown to be let in. Only its digest is kept, and compared in a time that does not depend on it.
#[derive(Clone, Copy)]
pub struct Token([u8; 32]);

impl Token {
    /// A token of at least 16 characters.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.chars().count() >= SHORTEST).then(|| Self(Sha256::digest(text).into()))
    }

    fn is(&self, text: &str) -> bool {
        let given: [u8; 32] = Sha256::digest(text.trim()).into();
        given.ct_eq(&self.0).into()
    }

    /// What a browser is given once it has shown the token; the token does not follow from it.
    fn pass(&self) -> String {
        Sha256::new().chain_update(b"pass").chain_update(self.0).finalize().iter().map(|b| format!("{b:02x}")).collect()
    }

    fn is_pass(&self, text: &str) -> bool {
        text.as_bytes().ct_eq(self.pass().as_bytes()).into()
    }
}

pub struct Guard {
    listen: SocketAddr,
    token: Option<Token>,
    rate: DefaultKeyedRateLimiter<IpAddr>,
    attempts: DefaultKeyedRateLimiter<IpAddr>,
}

impl Guard {
    pub fn new(listen: SocketAddr, token: Option<Token>) -> Self {
        let number = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self {
            listen,
            token,
            rate: RateLimiter::keyed(Quota::per_second(number(RATE.0)).allow_burst(number(RATE.1))),
            attempts: RateLimiter::keyed(Quota::per_minute(number(ATTEMPTS))),
        }
    }

    /// A page of another site that has its name point here must not read what only this machine may.
    fn knows_host(&self, headers: &HeaderMap) -> bool {
        if !self.listen.ip().is_loopback() {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |(name, _)| name);
        let inner = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || inner.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    fn lets_in(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return true };
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
        if let Some((scheme, given)) = text(header::AUTHORIZATION).split_once(' ')
            && scheme.eq_ignore_ascii_case("bearer")
        {
            return token.is(given);
        }
        let cookies = text(header::COOKIE);
        cookies
            .split(';')
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(name, pass)| name == COOKIE && token.is_pass(pass))
    }
}

/// A request that changes or costs something must come from a page of this server, or from no page at all.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let host = text("host").unwrap_or("");
    text("origin").is_some_and(|origin| origin.split_once("://").is_none_or(|(_, from)| from != host))
}

/// Lets a request through, or says why not.
pub async fn check(
    State(guard): State<Arc<Guard>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let path = request.uri().path();
    let fail = |status, detail: &str| refused(path, Problem::new(status, detail));
    if !guard.knows_host(headers) {
        return fail(StatusCode::MISDIRECTED_REQUEST, "ask by the name localhost, or by the address itself");
    }
    if !from.ip().is_loopback() && guard.rate.check_key(&from.ip()).is_err() {
        return fail(StatusCode::TOO_MANY_REQUESTS, "too many requests: wait a while");
    }
    if request.method() == Method::POST && is_foreign(headers) {
        return fail(StatusCode::FORBIDDEN, "the request comes from a page of another site");
    }
    let open = path == "/login" || path.starts_with("/assets/");
    if open || guard.lets_in(headers) {
        return next.run(request).await;
    }
    if path.starts_with("/api/") {
        let mut out = fail(StatusCode::UNAUTHORIZED, "show the token: Authorization: Bearer ...");
        out.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return out;
    }
    Redirect::to("/login").into_response()
}

fn refused(path: &str, problem: Problem) -> Response {
    if path.starts_with("/api/") {
        return problem.into_response();
    }
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::FORBIDDEN);
    (status, pages::problem(&problem)).into_response()
}

/// Headers that every answer bears.
pub async fn headers(request: Request, next: Next) -> Response {
    const ALL: [(&str, &str); 6] = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    let mut out = next.run(request).await;
    for (name, value) in ALL {
        out.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    out.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    out
}

#[derive(Deserialize)]
struct Login {
    token: String,
}

async fn login(
    State(guard): State<Arc<Guard>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Form(login): Form<Login>,
) -> Response {
    if guard.attempts.check_key(&from.ip()).is_err() {
        return Problem::new(StatusCode::TOO_MANY_REQUESTS, "too many attempts: wait a minute").into_response();
    }
    match &guard.token {
        Some(token) if token.is(&login.token) => {
            let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000", token.pass());
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Some(_) => (StatusCode::FORBIDDEN, pages::login(true)).into_response(),
        None => Redirect::to("/").into_response(),
    }
}

/// The page that asks for the token.
pub fn router(guard: Arc<Guard>) -> Router {
    Router::new().route("/login", get(async || pages::login(false)).post(login)).with_state(guard)
}
