// What the trace page does in the browser. It holds no answer and asks no server but through the
// page's own buttons: keys press them, so that both ways do the same.

const page = document.documentElement
const MAIN = '[data-testid="stMain"]'
const FIELDS = 'textarea, input[type="text"], input[type="number"]'
const OPTIONS = '[class*="st-key-option-"] [role="radiogroup"]'
const CHOICES = `${MAIN} :is([data-testid="stRadioOption"]:not([data-selected="true"]), [data-testid="stButtonGroup"] button)`
const BACK = ".st-key-turn-back button"
const ONWARD = ".st-key-turn-next button, .st-key-to-result button"
const TURNS = `${BACK}, ${ONWARD}`
const OFF = "coordination-audit-keys"

const app = () => document.querySelector('[data-testid="stApp"]')
const state = () => app()?.dataset.testScriptState
const isConnected = () => app()?.dataset.testConnectionState === "CONNECTED"

let stop = () => {}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  stop()
  const ended = new AbortController()
  const on = (kind, act) =>
    document.addEventListener(kind, act, { capture: true, signal: ended.signal })
  const saving = followSaving(on, setStateValue)
  const tellTyping = followTyping(on, saving.given)
  followLinks(on, setTriggerValue)
  const hint = tellKeys(parentElement)
  followTurns(on)
  followKeys(on)
  const arrive = followSteps(on, data.cookie, hint)
  const watcher = new MutationObserver((changes) => {
    saving.look(changes)
    if (page.dataset.typed !== undefined) tellTyping()
    arrive()
  })
  watcher.observe(app(), {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state", "data-step", "data-way"],
  })
  arrive()
  stop = () => {
    ended.abort()
    watcher.disconnect()
    saving.end()
    delete page.dataset.step
    delete page.dataset.typed
  }
  return stop
}

// --- Where one is ------------------------------------------------------------------------------

function followLinks(on, setTriggerValue) {
  on("click", (event) => {
    const link = event.target.closest?.("a[data-at]")
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    closeMenuOnPhones()
    if (!isAt(link.dataset)) leave()
    setTriggerValue("go", { at: link.dataset.at, q: link.dataset.q ?? null })
  })
}

// Of a part shown as a whole, links lead to places on the same step.
const isAt = ({ at, q }) => page.dataset.step === at || page.dataset.step === `${at}/${q}`

function closeMenuOnPhones() {
  if (window.innerWidth > 768) return
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click()
}

// At another step: its top in view, its heading with the focus, so that it is read out. The parts of
// a page come one by one, so the heading that still shows the step before has to go first.
function followSteps(on, cookie, hint) {
  let isArriving = false
  on("pointerdown", () => (isArriving = false))
  return () => {
    const standing = document.querySelector(".standing")
    if (!standing) return
    const { step, way } = standing.dataset
    if (way && !document.cookie.includes(`${cookie}=${way}`))
      document.cookie = `${cookie}=${way}; Path=/; Max-Age=31536000; SameSite=Lax`
    const isFirst = page.dataset.step === undefined
    if (page.dataset.step !== step) {
      page.dataset.step = step
      page.dataset.part = "trace" // so that the page that follows knows that one arrives there
      isArriving = !isFirst || isNamedInPart()
      if (isArriving) document.querySelector(MAIN).scrollTo({ top: 0 })
    }
    const heading = isArriving && headingOf(step)
    if (heading && document.activeElement !== heading) {
      heading.tabIndex = -1
      heading.focus({ preventScroll: heading.tagName === "H1" })
    }
    if (state() !== "notRunning") return
    isArriving = false
    hint()
    replayKeys()
  }
}

const wanted = () => new URLSearchParams(location.search).get("q")
const isNamedInPart = () => wanted() && !page.dataset.step.includes("/")

function headingOf(step) {
  const question = step.split("/")[1] ?? wanted()
  const named = [...document.querySelectorAll("[data-asks]")].find((one) => one.dataset.asks === question)
  return named ?? document.querySelector(`${MAIN} h1:not([data-asks])`)
}

// --- Keys --------------------------------------------------------------------------------------

// Whoever types on after Enter means the next question, though this one still stands there.
const TURN_TAKES = 3000 // milliseconds at most
const TURN_MAY_TAKE = 15000 // milliseconds on a very slow line
let leaving = null
let typedAhead = []

const isOff = () => page.dataset.keys === "off"
const isLeaving = (within = TURN_TAKES) => leaving?.step === page.dataset.step && Date.now() - leaving.at < within

const leave = () => (leaving = { step: page.dataset.step, at: Date.now() })

// What an answer unfolds moves the ways on, and may draw one anew, between pressing a button and
// letting it go; the browser sees no click on it then, and the press would be lost.
const SLIP = 10 // pixels that a hand moves without meaning to
const CLICK_COMES_WITHIN = 50 // milliseconds

function followTurns(on) {
  let pressed = null
  on("pointerdown", (event) => {
    const turn = event.pointerType === "mouse" && !event.button && event.target.closest?.(TURNS)
    pressed = turn ? { way: turn.matches(BACK) ? BACK : ONWARD, at: event } : null
  })
  on("pointerup", ({ clientX, clientY }) => {
    const was = pressed
    if (!was || Math.hypot(clientX - was.at.clientX, clientY - was.at.clientY) > SLIP) return
    setTimeout(() => pressed === was && press(was.way), CLICK_COMES_WITHIN)
  })
  on("click", ({ target }) => {
    if (!target.closest?.(TURNS)) return
    pressed = null
    leave()
  })
}

function replayKeys() {
  if (isLeaving()) return
  leaving = null
  while (typedAhead.length && !leaving) typedAhead.shift()()
}

function followKeys(on) {
  on("keydown", (event) => {
    if (isOff() || event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return
    if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return
    const hasModifier = event.ctrlKey || event.metaKey
    const act = hasModifier ? event.key.toLowerCase() === "z" && !event.shiftKey && undo : meaning(event)
    if (act && (isLeaving() ? typedAhead.push(act) : act() || tryLater(act))) {
      event.preventDefault()
      event.stopPropagation()
    }
  })
}

// While an answer is dealt with, parts of the page may be missing for a moment.
const tryLater = (act) => state() !== "notRunning" && typedAhead.push(act)

function isTyping(target) {
  return target.isContentEditable || target.matches?.(`${FIELDS}, select, input[type="search"], input[type="password"]`)
}

function meaning(event) {
  const { key, target } = event
  if (/^[1-9]$/.test(key)) return () => choose(Number(key) - 1)
  if (key === "0" || key === "?") return () => choose(-1)
  if (key === "u" || key === "U") return undo
  if (key === "Backspace") return () => press(BACK)
  const acts = target.closest?.('a, button, summary, [role="button"], input:not([type="radio"])')
  if (key === "Enter" && !acts) return () => press(ONWARD)
  return undefined
}

const undo = () => press(".st-key-undo button")

function press(selector) {
  const button = document.querySelector(selector)
  if (!button || button.disabled) return false
  button.click()
  return true
}

// Of a whole part, the question with the focus counts, else the one nearest to the top.
function options() {
  const groups = [...document.querySelectorAll(OPTIONS)]
  const focused = groups.find((one) => holder(one).contains(document.activeElement))
  const inView = groups.find((one) => one.getBoundingClientRect().bottom > window.innerHeight / 3)
  return (focused ?? inView ?? groups.at(-1))?.querySelectorAll('input[type="radio"]') ?? []
}

const holder = (group) => group.closest('[class*="st-key-question-"]') ?? group

function choose(place) {
  const inputs = [...options()]
  const last = inputs.length - 1
  const input = place < 0 ? inputs[last] : place < last ? inputs[place] : undefined
  if (!input || input.disabled) return false
  input.focus()
  if (!input.checked) input.click()
  return true
}

// --- The line that tells of the keys -----------------------------------------------------------

function tellKeys(parent) {
  const line = parent.querySelector("#guide")
  const write = () => {
    page.dataset.keys = read(OFF) === "off" ? "off" : "on"
    const last = options().length - 1
    const says = document.createElement("span")
    const button = document.createElement("button")
    button.type = "button"
    if (isOff()) {
      button.textContent = "Turn keyboard shortcuts on"
    } else {
      const choosing = last > 0 ? `1–${Math.min(last, 9)} choose, 0 we don't know, ` : ""
      says.textContent = `Keyboard: ${choosing}Enter goes on, Backspace goes back, U undoes.`
      button.textContent = "Turn off"
    }
    button.onclick = () => {
      keep(OFF, isOff() ? "on" : "off")
      write()
      line.querySelector("button").focus()
    }
    line.replaceChildren(says, " ", button)
  }
  write()
  return write
}

function read(name) {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value)
  } catch {
    page.dataset.keys = value // for this page alone
  }
}
