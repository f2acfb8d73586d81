/**
 * Light or dark before anything is painted: a classic script, so that the page does not flash in the wrong colours.
 * Without a choice the page follows the system.
 */
{
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
}
