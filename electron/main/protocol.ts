import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, protocol } from 'electron';

export const PAGE_ORIGIN = 'axial://app';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CONTENT_TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The file that a page address stands for, or `null` when it leaves the page's folder. */
export function pageFile(root: string, address: string): string | null {
  const url = new URL(address);
  if (url.host !== 'app') return null;
  const path = normalize(join(root, decodeURIComponent(url.pathname)));
  return path.startsWith(normalize(root) + sep) ? path : null;
}

async function answer(root: string, address: string): Promise<Response> {
  const path = pageFile(root, address);
  const type = path === null ? undefined : CONTENT_TYPES[extname(path)];
  if (path === null || type === undefined) return new Response('Not found', { status: 404 });
  try {
    const body = await readFile(path);
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': type,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  } catch {
    return new Response('Not found', { status: 404 });
  }
}

/** Declares the scheme; has to happen before the application is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'axial', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the page's own files from `root`, and nothing else. */
export function setupProtocol(root: string): void {
  protocol.handle('axial', (request) => answer(root, request.url));
  app.on('will-quit', () => {
    protocol.unhandle('axial');
  });
}
