const KEY = 'verdant-reloaded-at';
const ONCE_IN_MS = 60_000;

/**
 * Loads the page anew when a part of it is gone from the server, as after an update of Verdant while a tab stood open.
 * At most once a minute: a part that stays away shows the error page instead.
 */
export function reloadOnNewVersion(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < ONCE_IN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
