// Sets the stored colour scheme before the first paint. A file of its own: the CSP forbids inline scripts. Its name
// carries a version, because the server lets browsers keep assets for a year.
(() => {
  let scheme = null;
  try {
    scheme = localStorage.getItem('verdant-color-scheme');
  } catch {
    // Storage is forbidden: the system decides.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
