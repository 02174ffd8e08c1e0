/** What the dashboard's address shows while the service behind it is being loaded. */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { formatPercent } from '../core/numbers.ts';
import { timeLeft } from '../present/progress.ts';
import { favicon, styleSheet } from './assets.ts';
import type { Html } from './html.ts';

export interface Loading {
  /** What goes on, such as "Loading 10 weeks of simulated sales". */
  what: string;
  /** From 0 to 1. */
  share: number;
  leftMs: number;
}

/** A page comes again by itself after this; it is a few hundred bytes. */
const REFRESH_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 60;

/**
 * Answers every address by 503 and when to come again: browsers by a page that reloads itself, until the
 * dashboard stands there; others by JSON. Only `/healthz` is well.
 */
export function loadingApp(now: () => Loading): Hono {
  const percent = () => formatPercent(Math.floor(100 * now().share) / 100);
  const later = (c: Context) => {
    const { what, leftMs } = now();
    const seconds = Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(leftMs / 1000)));
    c.header('Retry-After', String(seconds));
    c.header('Cache-Control', 'no-store');
    return { what, reason: `${what}: ${percent()}, ${timeLeft(leftMs)}.` };
  };
  return new Hono()
    .use(async (c, next) => {
      await next();
      // Who keeps the connection would ask again over one that ends as the service takes the address.
      c.header('Connection', 'close');
    })
    .get('/healthz', c => c.json({ status: 'ok' }))
    .get('/readyz', c => c.json({ status: 'not ready', reason: later(c).reason }, 503))
    .get('/style.css', c => c.body(styleSheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
    .get('/favicon.svg', c => c.body(favicon, 200, { 'Content-Type': 'image/svg+xml' }))
    .all('*', c => {
      const { what, reason } = later(c);
      const page = (c.req.header('Accept') ?? '').includes('text/html') && !c.req.path.startsWith('/api/');
      if (!page) return c.json({ error: 'The service is still loading.', hint: reason }, 503);
      c.header('Retry-After', String(REFRESH_SECONDS));
      return c.html(loadingPage(what, percent(), now()), 503);
    });
}

const loadingPage = (what: string, percent: string, { share, leftMs }: Loading): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>Loading ${percent} – Bandcamp Tracker</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/">Bandcamp Tracker</a></header>
<main><article><h1>Loading ${percent}</h1>
<p class="headline">${what}, ${timeLeft(leftMs)}. The dashboard opens here by itself.</p>
<p><progress max="1" value="${share.toFixed(2)}">${percent}</progress></p></article></main>
</body>
</html>`;
