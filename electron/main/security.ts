import { app, session } from 'electron';
import { PAGE_ORIGIN } from './protocol';

/** Denies what the page never needs: other pages, new windows, web views, permissions, downloads. */
export function setupSecurity(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, done) => {
    done(false);
  });
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.on('will-download', (event) => {
    event.preventDefault();
  });
  // The page has no business on a network; a fault in it must not reach one either.
  defaultSession.webRequest.onBeforeRequest((details, done) => {
    const own = details.url.startsWith(`${PAGE_ORIGIN}/`) || details.url.startsWith('devtools:');
    done({ cancel: !own });
  });
}
