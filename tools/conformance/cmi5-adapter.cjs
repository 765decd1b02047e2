// biome-ignore-all lint/style/useNodejsImportProtocol: the suite runs in jest 27, which does not know that protocol
// What CATAPULT's LMS test suite asks of a platform, over the interface that everybody uses. The suite loads this file
// into its own process (`CATAPULT_LMS`); where the platform is, and who signs in, stands in TONGXIN_CMI5.
const http = require('http')
const path = require('path')
const { randomUUID } = require('crypto')
const { InvalidPackageError } = require(path.join(process.cwd(), 'lib/errors'))

const { url, learner, author, reviewer, releaser, orgId, lrs } = JSON.parse(process.env.TONGXIN_CMI5)
const courses = new Set()

/** One request; refuses with what the platform said when it did not agree. */
function ask(method, at, { cookie, body, headers = {}, bytes } = {}) {
  const payload = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const options = { method, headers: { cookie, ...json, ...headers, 'content-length': payload?.length ?? 0 } }
    const request = http.request(`${url}/api/v1${at}`, options, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString()
        const told = {
          status: answer.statusCode,
          headers: answer.headers,
          body: text && /^[{[]/.test(text) ? JSON.parse(text) : text,
        }
        if (told.status < 400) resolve(told)
        else reject(Object.assign(new Error(`${method} ${at}: ${told.status} ${text}`), told))
      })
    })
    request.on('error', reject)
    request.end(payload)
  })
}

const base64 = (text) => Buffer.from(text).toString('base64')

/** Uploads a file as people do (tus 1.0), in one piece. */
async function upload(bytes, name) {
  const tus = { 'tus-resumable': '1.0.0' }
  const created = await ask('POST', '/files', {
    cookie: author,
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${base64(name)},purpose ${base64('package')}`,
    },
  })
  const id = created.headers.location.split('/').at(-1)
  const headers = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await ask('PATCH', `/files/${id}`, { cookie: author, headers, bytes })
  return id
}

async function importCourse(stream, _contentType, name) {
  const parts = []
  for await (const part of stream) parts.push(part)
  try {
    const fileId = await upload(Buffer.concat(parts), name)
    return (await ask('POST', '/packages', { cookie: author, body: { fileId } })).body.id
  } catch (error) {
    if (error.status >= 400 && error.status < 500) throw new InvalidPackageError(error.message)
    throw error
  }
}

/** Learners open packages in courses: one with nothing but this package, released by three hands. */
async function putIntoCourse(packageId) {
  if (courses.has(packageId)) return
  courses.add(packageId)
  const begun = { orgId, title: `cmi5 ${packageId}`, column: 'rules', kind: 'article' }
  const { id } = (await ask('POST', '/courses', { cookie: author, body: begun })).body
  const act = async (cookie, method, step, change) => {
    const { version, content } = (await ask('GET', `/courses/${id}`, { cookie })).body
    await ask(method, `/courses/${id}/${step}`, {
      cookie,
      body: change(content),
      headers: { 'if-match': `"${version}"` },
    })
  }
  const block = { id: randomUUID(), kind: 'package', title: '', confirm: null, packageId }
  await act(author, 'PUT', 'draft', (content) => ({
    ...content,
    source: { kind: 'own', from: 'cmi5', publishedOn: null, permission: null },
    chapters: [{ id: randomUUID(), title: 'cmi5', blocks: [block] }],
  }))
  await act(author, 'POST', 'submit', () => ({}))
  await act(reviewer, 'POST', 'review', () => ({ verdict: 'pass' }))
  await act(releaser, 'POST', 'release', () => ({ verdict: 'pass' }))
}

/** The actor is whoever is signed in: the platform does not launch for a name that somebody else gives. */
async function getLaunchUrl(packageId, auIndex, _actor, { launchMode }) {
  await putIntoCourse(packageId)
  const { contents } = (await ask('GET', `/my/packages/${packageId}`, { cookie: learner })).body
  const item = contents.filter(({ opens }) => opens)[auIndex].id
  const body = { item, ...(launchMode ? { mode: launchMode } : {}) }
  return (await ask('POST', `/my/packages/${packageId}/units/launch`, { cookie: learner, body })).body.url
}

async function waiveAU(registration, auIndex, reason) {
  const { units } = (await ask('GET', `/package-attempts/${registration}`, { cookie: author })).body
  await ask('POST', `/package-attempts/${registration}/waive`, {
    cookie: author,
    body: { item: units[auIndex].item, reason },
  })
}

module.exports = {
  setup: async () => {},
  teardown: async () => {},
  cleanup: async () => {},
  getLrsEndpoint: () => lrs.endpoint,
  getLrsAuthHeader: () => `Basic ${base64(`${lrs.name}:${lrs.secret}`)}`,
  importCourse,
  getLaunchUrl,
  hasWaive: () => true,
  waiveAU,
  hasAbandon: () => true,
  abandonSession: (id) => ask('POST', `/package-sessions/${id}/abandon`, { cookie: author, body: {} }),
}
