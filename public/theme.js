// Applies the reader's chosen theme before the first paint. Left alone, the system's choice holds.
try {
  const theme = localStorage.getItem('slipway-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is shut off: the system's choice holds.
}
document.documentElement.dataset.script = 'on';
