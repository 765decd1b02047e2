// Runs in a frame on the origin for content, beside the package. It gives the package the interface of its standard
// (scorm-again) and tells the page of the application what to keep; it has no session and speaks with nobody else.
const app = document.documentElement.dataset.app
const byId = (id) => document.getElementById(id)
const say = (message) => window.parent.postMessage(message, app)
const AUTOSAVE_MS = 20_000

let launch
let words
let current
/** What was said to the page and not answered yet, by item. */
const waiting = new Map()

window.addEventListener('message', (event) => {
  if (event.origin !== app || event.source !== window.parent || typeof event.data !== 'object') return
  const { kind } = event.data
  if (kind === 'courseware.start' && !launch) start(event.data)
  else if (kind === 'courseware.kept') kept(event.data)
  else if (kind === 'courseware.leave') {
    leave()
    say({ kind: 'courseware.left' })
  }
})

function start(told) {
  launch = told.launch
  words = told.words
  document.documentElement.lang = told.language
  byId('toggle').textContent = words.contents
  byId('previous').textContent = words.previous
  byId('next').textContent = words.next
  byId('toggle').onclick = () => showContents(byId('contents').hidden)
  byId('previous').onclick = () => step(-1)
  byId('next').onclick = () => step(1)
  const open = opening()
  const isSingle = open.length === 1
  for (const id of ['toggle', 'previous', 'next']) byId(id).hidden = isSingle
  if (!launch.attemptId) note(words.preview)
  showContents(!isSingle && window.innerWidth > 900)
  loadLibrary(() => openItem(goOnAt(open)))
}

/** What was suspended, else the first that is not done: whoever skipped a lesson goes on with the one that was left. */
const goOnAt = (open) =>
  open.find((item) => !item.isDone && isSuspended(item)) ?? open.find(({ isDone }) => !isDone) ?? open[0]

const stored = ({ runtime }) => (runtime ? JSON.parse(runtime) : {})

function isSuspended(item) {
  const model = stored(item)
  return (model.core ?? model).exit === 'suspend'
}

const opening = () => launch.items.filter((item) => item.path !== null)

function loadLibrary(then) {
  const script = document.createElement('script')
  script.src = `parts/${launch.kind}.js`
  script.onload = then
  document.head.append(script)
}

function showContents(isShown) {
  byId('contents').hidden = !isShown
  byId('toggle').setAttribute('aria-expanded', String(isShown))
  if (isShown) drawContents()
}

function drawContents() {
  byId('contents').replaceChildren(
    ...launch.items.map((item) => {
      const depth = `depth-${Math.min(item.depth, 3)}`
      if (item.path === null) {
        const heading = document.createElement('p')
        heading.className = depth
        heading.textContent = item.title
        return heading
      }
      const button = document.createElement('button')
      button.type = 'button'
      button.className = depth
      const title = document.createElement('span')
      title.textContent = item.title
      const state = document.createElement('span')
      state.textContent = item.isDone ? words.done : ''
      button.append(title, state)
      if (current && item.id === current.item.id) button.setAttribute('aria-current', 'true')
      button.onclick = () => {
        if (window.innerWidth <= 900) showContents(false)
        openItem(item)
      }
      return button
    }),
  )
}

function step(by) {
  const open = opening()
  const next = open[open.indexOf(current.item) + by]
  if (next) openItem(next)
}

function note(text, isWrong) {
  byId('kept').textContent = text
  byId('kept').className = isWrong ? 'wrong' : ''
}

/** Lets the present item end by itself (it finishes when its page is left), then opens the next. */
function openItem(item) {
  leave()
  const at = opening().indexOf(item)
  byId('previous').disabled = at <= 0
  byId('next').disabled = at >= opening().length - 1
  byId('place').textContent = item.title
  const before = stored(item).core?.lesson_status ?? ''
  current = { item, api: item.speaks ? apiFor(item) : null, isOver: false, before, saysStatus: false }
  const frame = document.createElement('iframe')
  frame.title = item.title
  frame.allow = 'autoplay; fullscreen'
  frame.src = `files/${item.path}`
  byId('stage').replaceChildren(frame)
  if (!item.speaks) keep({ shown: true })
  drawContents()
}

function leave() {
  if (!current) return
  const left = current
  byId('stage').replaceChildren()
  keepModel(left, true)
  clearInterval(left.timer)
  current = undefined
  window.API = undefined
  window.API_1484_11 = undefined
}

function apiFor(item) {
  const is12 = launch.kind === 'scorm12'
  const settings = { autocommit: false, lmsCommitUrl: false, logLevel: 5, mastery_override: true }
  const api = is12 ? new window.Scorm12API(settings) : new window.Scorm2004API(settings)
  api.loadFromJSON(is12 ? model12(item) : model2004(item), '')
  const save = () => keepModel(current)
  const end = () => {
    const ended = current
    keepModel(ended, true)
    if (ended) setTimeout(() => followRequest(ended), 0)
  }
  api.on(is12 ? 'LMSCommit' : 'Commit', save)
  api.on(is12 ? 'LMSFinish' : 'Terminate', end)
  if (is12)
    api.on('LMSSetValue.cmi.core.lesson_status', () => {
      if (current) current.saysStatus = true
    })
  if (is12) window.API = api
  else window.API_1484_11 = api
  setTimeout(() => {
    if (current && current.api === api) current.timer = setInterval(save, AUTOSAVE_MS)
  }, 0)
  return api
}

function model12(item) {
  const model = stored(item)
  const core = model.core ?? {}
  const isResumed = core.exit === 'suspend'
  const { session_time: _time, exit: _exit, ...rest } = core
  return {
    ...model,
    launch_data: item.launchData,
    core: {
      ...rest,
      student_id: launch.learner.id,
      student_name: launch.learner.name,
      lesson_status: core.lesson_status || 'not attempted',
      credit: launch.attemptId ? 'credit' : 'no-credit',
      lesson_mode: launch.attemptId ? 'normal' : 'browse',
      entry: item.runtime ? (isResumed ? 'resume' : '') : 'ab-initio',
    },
    student_data: {
      ...(model.student_data ?? {}),
      mastery_score: item.masteryScore === null ? '' : String(item.masteryScore),
    },
  }
}

function model2004(item) {
  const { session_time: _time, exit, ended: _ended, ...model } = stored(item)
  const isResumed = exit === 'suspend'
  const declared = Object.fromEntries(item.objectives.map((id, at) => [at, { id }]))
  return {
    ...(item.objectives.length > 0 ? { objectives: declared } : {}),
    ...model,
    learner_id: launch.learner.id,
    learner_name: launch.learner.name,
    launch_data: item.launchData,
    scaled_passing_score: item.threshold === null ? '' : String(item.threshold),
    credit: launch.attemptId ? 'credit' : 'no-credit',
    mode: launch.attemptId ? 'normal' : 'browse',
    entry: item.runtime ? (isResumed ? 'resume' : '') : 'ab-initio',
  }
}

/** What a lesson asked for when it ended: another one, or nothing. */
function followRequest(ended) {
  if (!current || current !== ended || launch.kind !== 'scorm2004') return
  const request = ended.request ?? ''
  if (request === 'continue') step(1)
  else if (request === 'previous') step(-1)
  else {
    const target = /^\{target=([^}]+)\}(choice|jump)$/.exec(request)?.[1]
    const item = target && opening().find((one) => one.id === target)
    if (item) openItem(item)
  }
}

function keepModel(held, isEnd) {
  // A lesson that was left before it spoke has nothing to keep; what it suspended earlier stands.
  if (!held?.api || held.isOver || held.api.isNotInitialized()) return
  const { cmi, adl } = held.api.renderCommitCMI(true)
  held.request = adl?.nav?.request ?? held.api.adl?.nav?.request
  keepOf(held, isEnd ? endedModel(held, cmi) : cmi)
  if (isEnd && held.api.isTerminated()) held.isOver = true
}

const SILENT = ['', 'not attempted', 'incomplete']

/**
 * What ends without a word about its status has completed, unless it was suspended: in SCORM 1.2 the platform writes
 * that down (RTE 3.4.4); in 2004 it depends on the manifest (SN, UP.4), so the platform is told of the end.
 */
function endedModel(held, cmi) {
  if (launch.kind === 'scorm2004') return cmi.exit === 'suspend' ? cmi : { ...cmi, ended: true }
  const { core } = cmi
  const isSilent =
    !held.saysStatus && ['', 'not attempted'].includes(held.before) && SILENT.includes(core.lesson_status)
  if (!isSilent) return cmi
  return { ...cmi, core: { ...core, lesson_status: core.exit === 'suspend' ? 'not attempted' : 'completed' } }
}

const keep = (model) => keepOf(current, model)

/** Tells the page what to keep, when it differs from what it was told last. */
function keepOf(held, model) {
  const runtime = JSON.stringify(model)
  if (held.item.runtime === runtime) return
  held.item.runtime = runtime
  if (!launch.attemptId) return
  held.item.sequence += 1
  waiting.set(held.item.id, held.item.sequence)
  note(words.saving)
  say({ kind: 'courseware.keep', launchId: launch.launchId, item: held.item.id, sequence: held.item.sequence, runtime })
}

function kept({ item, sequence, isDone, hasFailed }) {
  if (hasFailed) return note(words.unsaved, true)
  const one = launch.items.find(({ id }) => id === item)
  if (one) one.isDone = isDone
  if (waiting.get(item) === sequence) waiting.delete(item)
  if (waiting.size === 0) note(words.saved)
  drawContents()
}

window.addEventListener('pagehide', leave)
say({ kind: 'courseware.ready' })
