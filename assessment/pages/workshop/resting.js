// Tells whether anybody can see the tab, when that changes.
export default function ({ setStateValue }) {
  const ended = new AbortController()
  const tell = () => setStateValue("hidden", document.hidden)
  document.addEventListener("visibilitychange", tell, { signal: ended.signal })
  if (document.hidden) tell()
  return () => ended.abort()
}
