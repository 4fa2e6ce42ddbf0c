// A part of guide.js, which is sent together with it.

// --- What is saved -----------------------------------------------------------------------------

// From the moment something is given until the server has dealt with it, nothing is called saved.
// The server counts what it dealt with. Where that leaves doubt, above all after the connection broke,
// it is asked for a word that it says back; all that the page holds goes to it with the question.
const PATIENCE = 1500 // milliseconds until it is asked, doubled each time
const open = { isOpen: false, isAway: false, due: 0, asked: "", isMore: false, patience: PATIENCE }

function followSaving(on, setStateValue) {
  let timer
  const dealtWith = () => Number(document.querySelector(".standing")?.dataset.saved ?? 0)
  const heard = () => document.querySelector("[data-heard]")?.dataset.heard
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      settle()
      // Asked with the address that is about to be left, the server would lead back to it.
      const isQuiet = isConnected() && state() === "notRunning" && !isLeaving(TURN_MAY_TAKE)
      if (open.isOpen && isQuiet) ask()
      else if (open.isOpen) wait()
    }, open.patience)
  }
  const show = () => {
    open.isOpen = true
    page.dataset.given = ""
    wait()
  }
  const given = () => {
    open.due = (open.isOpen ? open.due : dealtWith()) + 1
    open.isMore = open.asked !== ""
    show()
  }
  const ask = () => {
    open.asked = crypto.randomUUID?.() ?? String(Math.random())
    open.isMore = false
    open.patience = Math.min(open.patience * 2, 60000)
    show()
    setStateValue("asked", open.asked)
  }
  const settle = () => {
    if (!open.isOpen || open.isAway || state() !== "notRunning") return
    if (open.asked ? heard() !== open.asked : dealtWith() < open.due) return
    if (open.isMore) return ask()
    clearTimeout(timer)
    Object.assign(open, { isOpen: false, asked: "", patience: PATIENCE })
    delete page.dataset.given
  }
  // A click on an option brings no native change event: the option's own code answers to the click.
  // A label may pass its click on to its field, at the same moment; that is one choice.
  let last = { choice: null, at: 0 }
  on("click", ({ target, timeStamp }) => {
    const choice = target.closest?.(CHOICES)
    if (!choice || (choice === last.choice && timeStamp - last.at < 50)) return
    last = { choice, at: timeStamp }
    given()
  })
  on("keydown", ({ key, target }) => {
    if (key.startsWith("Arrow") && target.matches?.(`${MAIN} input[type="radio"]`)) given()
  })
  open.isAway = !isConnected()
  if (open.isOpen) show()
  return {
    given,
    look(changes) {
      if (changes.some((one) => one.attributeName === "data-test-connection-state")) {
        open.isAway = true
        show()
      }
      if (open.isAway && isConnected()) {
        open.isAway = false
        ask()
      }
      settle()
    },
    end() {
      clearTimeout(timer)
      delete page.dataset.given
    },
  }
}

// Text is sent when its field is left; until then it is only in the field, and the page says so.
function followTyping(on, given) {
  const kept = new WeakMap()
  const box = (field) => field.closest('[data-testid="stTextArea"], [data-testid="stTextInput"], [data-testid="stNumberInput"]')
  const ours = (field) => field.matches?.(FIELDS) && field.closest(MAIN) && box(field) && !field.closest("form")
  const show = (field, isTyped) => {
    if (isTyped) box(field).dataset.typed = ""
    else delete box(field).dataset.typed
    tell()
  }
  const tell = () => {
    if (document.querySelector(`${MAIN} [data-typed]`)) page.dataset.typed = ""
    else delete page.dataset.typed
  }
  const commit = (field, value) => {
    if (box(field).dataset.typed === undefined) return
    kept.set(field, value)
    show(field, field.value !== value)
    given()
  }
  on("focusin", ({ target }) => {
    if (ours(target) && box(target).dataset.typed === undefined) kept.set(target, target.value)
  })
  on("input", ({ target }) => ours(target) && show(target, target.value !== kept.get(target)))
  // Without a connection fields are closed, and what is half typed in one is sent to nobody.
  on("focusout", ({ target }) => ours(target) && !target.disabled && commit(target, target.value))
  on("keydown", (event) => {
    const { target } = event
    if (event.key !== "Enter" || event.isComposing || !ours(target)) return
    if (target.tagName !== "INPUT" && !event.ctrlKey && !event.metaKey) return
    if (box(target).dataset.typed === undefined) return
    const { value } = target // who types on quickly has typed more by then, which is not given
    setTimeout(() => commit(target, value))
  })
  on("visibilitychange", () => {
    if (document.hidden && page.dataset.typed !== undefined) document.activeElement?.blur()
  })
  tell() // the page may have been half typed on before this script was sent anew
  return tell // for when a field went away
}
