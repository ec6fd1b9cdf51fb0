// Makes sure that the page's language is one that `Intl` takes, before anything asks for it. A Linux session in the
// POSIX locale calls itself "en-US@posix", and the chart library would not even load.

try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
}
