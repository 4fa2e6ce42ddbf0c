// The trace map in the browser: choose a part, read its card, go on to one of its questions.
// What people typed comes as data and is put in as text; only the drawings of `reports` are markup.

const boards = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  let board = boards.get(parentElement)
  if (!board) boards.set(parentElement, (board = make(parentElement)))
  board.tell = setTriggerValue
  board.show(data)
}

function make(root) {
  const find = (name) => root.querySelector(name)
  const [card, large] = [find(".card"), find("dialog.large")]
  const board = { data: {}, opener: null }

  board.show = (data) => {
    for (const name of ["wide", "tall"])
      if (board.data[name] !== data[name]) find("." + name).replaceChildren(drawing(data[name]))
    if (board.data.wide !== data.wide || board.data.beside !== data.beside)
      find(".room").replaceChildren(withKeyBeside(drawing(data.wide), drawing(data.beside)))
    board.data = data
    large.setAttribute("aria-label", data.title)
    find(".hint").textContent = data.hint
  }

  const idOf = (event) => {
    const found = event.target.closest?.("[data-for], .part")
    return found ? found.dataset.for ?? found.dataset.part : null
  }
  const each = (picture, id, act) => {
    for (const found of picture.querySelectorAll("[data-for], .part"))
      if ((found.dataset.for ?? found.dataset.part) === id) act(found)
  }
  const partOf = (picture, id) =>
    [...picture.querySelectorAll(".part")].find((part) => part.dataset.part === id)

  const light = (picture, id) => {
    for (const lit of picture.querySelectorAll(".lit")) lit.classList.remove("lit")
    if (id) each(picture, id, (found) => found.classList.add("lit"))
  }

  const choose = (picture, id) => {
    const part = partOf(picture, id) ?? picture.querySelector(".lit")
    if (!part || !board.data.parts[id]) return
    fill(card, board.data, id, (question) => board.tell("question", question))
    const within = picture.closest("dialog")
    if (card.parentNode !== (within ?? large.parentNode)) (within ?? large.parentNode).append(card)
    card.showPopover()
    board.opener?.classList.remove("chosen")
    part.classList.add("chosen")
    board.opener = part
    place(card, part, root)
    card.scrollTop = 0
    const first = card.querySelector(".questions a") ?? card
    first.focus({ preventScroll: true })
  }

  card.ontoggle = () => {
    if (card.matches(":popover-open") || !board.opener) return
    const opener = board.opener
    board.opener = null
    opener.classList.remove("chosen")
    const at = root.activeElement
    if (!at || card.contains(at)) opener.focus({ preventScroll: true })
  }
  card.onkeydown = (event) => {
    if (event.key !== "Tab") return
    const stops = [...card.querySelectorAll("a, button")]
    const turn = event.shiftKey ? stops[0] : stops.at(-1)
    if (root.activeElement !== turn && root.activeElement !== card) return
    if (root.activeElement === card && !event.shiftKey) return
    event.preventDefault()
    card.hidePopover()
  }
  find(".close").onclick = () => card.hidePopover()

  for (const picture of root.querySelectorAll(".picture")) {
    picture.onclick = (event) => choose(picture, idOf(event))
    picture.onpointerover = (event) => light(picture, idOf(event))
    picture.onpointerleave = () => light(picture, null)
    picture.onfocusin = (event) => light(picture, idOf(event))
    picture.onfocusout = () => light(picture, null)
    picture.onkeydown = (event) => {
      const id = idOf(event)
      if (!id) return
      const stops = [...picture.querySelectorAll(".part")]
      const here = stops.findIndex((part) => part.dataset.part === id)
      const goal = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: stops.length - 1 }
      if (event.key === "Enter" || event.key === " ") choose(picture, id)
      else if (event.key in goal) stops[goal[event.key]]?.focus()
      else return
      event.preventDefault()
    }
  }
  find(".past").onclick = () => following(root.host)?.focus()
  find(".enlarge").onclick = () => large.showModal()
  find(".leave").onclick = () => large.close()
  return board
}

// What the Tab key would come to behind an element.
function following(element) {
  const stops = document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")
  const isBehind = (stop) => element.compareDocumentPosition(stop) & 4
  return [...stops].find((stop) => isBehind(stop) && stop.checkVisibility())
}

function fill(card, data, id, open) {
  const part = data.parts[id]
  const put = (name, words) => (card.querySelector(name).textContent = words ?? "")
  put(".name", part.name)
  put(".word", part.word)
  put(".way", part.way)
  put(".detail", part.detail)
  put(".later", part.later)
  card.querySelector(".state").className = `state ${look(part)}`
  card.querySelector(".sign").replaceChildren(...sign(data, part.state))
  card.querySelector(".questions").replaceChildren(
    ...part.questions.map((question) => {
      const item = document.createElement("li")
      const line = (className, words, tag = "p") => {
        const made = document.createElement(tag)
        made.className = className
        made.dir = "auto"
        made.textContent = words
        item.append(made)
        return made
      }
      line("asked", question.text)
      line(question.isAsked ? "given" : "given none", question.answer)
      if (part.questions.length > 1 && question.word) {
        const state = line(`state ${look(question)}`, "")
        const mark = document.createElement("span")
        mark.className = "sign"
        mark.append(...sign(data, question.state))
        const word = document.createElement("span")
        word.className = "word"
        word.textContent = question.word
        state.append(mark, word)
      }
      if (question.href) {
        const link = line("", question.label, "a")
        link.href = question.href
        link.setAttribute("aria-label", `${question.label}: ${question.text}`)
        link.onclick = (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          open(question.id)
        }
      }
      return item
    }),
  )
}

const look = (what) => (what.isLater ? "is-later" : `state-${what.state}`)

const sign = (data, state) => (data.marks[state] ? [drawing(data.marks[state])] : [])

function drawing(svg) {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml")
  return document.importNode(drawn.documentElement, true)
}

// For a whole screen: the same map, its key beside it.
function withKeyBeside(map, beside) {
  map.setAttribute("viewBox", beside.getAttribute("viewBox"))
  map.querySelector(".key").replaceWith(beside.querySelector(".key"))
  return map
}

function place(card, part, root) {
  card.style.inset = ""
  const box = part.getBoundingClientRect()
  if (innerWidth <= 640) {
    const over = box.bottom + 16 - (innerHeight - card.offsetHeight)
    const page = root.host?.closest('[data-testid="stMain"]')
    if (over > 0) page?.scrollBy({ top: over })
    return
  }
  const [wide, high, gap] = [card.offsetWidth, card.offsetHeight, 12]
  const right = box.right + gap
  const left = box.left - gap - wide
  const x = right + wide + gap <= innerWidth ? right : left >= gap ? left : innerWidth - wide - gap
  const beside = x === right || x === left
  const y = beside ? box.top - 8 : box.bottom + gap
  card.style.inset = `${Math.max(gap, Math.min(y, innerHeight - high - gap))}px auto auto ${x}px`
}
