import type { MyBlock, MyCourse } from '@tongxin/contract/learning.own'

/** Courses that a person keeps on this device, apart from the application's shell; signing out takes them away. */
const CACHE = 'kept-courses'
const root = (personId: string): string => `/kept-courses/${personId}/`
const factsAt = (personId: string, id: string): string => `${root(personId)}${id}/facts`
const fileAt = (personId: string, id: string, fileId: string): string => `${root(personId)}${id}/files/${fileId}`

/** Not in private windows and old engines. */
export const keepsCourses = (): boolean => 'caches' in globalThis

/** Where a file of a course is opened. */
export const courseFileUrl = (courseId: string, fileId: string): string =>
  `/api/v1/courses/${courseId}/files/${fileId}/content`

/** One drawn page of slides, or what each page says. */
export const slidePageUrl = (courseId: string, fileId: string, page: number | 'words'): string =>
  `/api/v1/courses/${courseId}/files/${fileId}/pages/${page}`

function filesOf(block: MyBlock): string[] {
  if (block.kind === 'pictures') return block.pictures.map(({ fileId }) => fileId)
  if (block.kind === 'file' || block.kind === 'slides') return [block.fileId]
  return block.kind === 'card' && block.fileId !== null ? [block.fileId] : []
}

/** Keeps a course with its pictures and documents. @throws TypeError without a network or where there is no room */
export async function keepCourse(course: MyCourse, personId: string): Promise<void> {
  const cache = await caches.open(CACHE)
  const files = new Set(course.chapters.flatMap(({ blocks }) => blocks.flatMap(filesOf)))
  if (course.coverId) files.add(course.coverId)
  const keep = async (url: string, name: string) => {
    const response = await fetch(url, { credentials: 'same-origin' })
    if (!response.ok) throw new TypeError(`answered ${response.status}`)
    await cache.put(fileAt(personId, course.id, name), response)
  }
  for (const fileId of files) await keep(courseFileUrl(course.id, fileId), fileId)
  for (const { fileId, pages } of course.slides)
    for (const page of ['words' as const, ...Array.from({ length: pages }, (_, at) => at + 1)])
      await keep(slidePageUrl(course.id, fileId, page), `${fileId}/${page}`)
  // Last: what has facts is whole.
  await writeKept(course, personId)
}

/** Writes how far one is into the copy; only where there is one. */
export async function refreshKept(course: MyCourse, personId: string): Promise<void> {
  if ((await keptCourse(course.id, personId)) !== null) await writeKept(course, personId)
}

async function writeKept(course: MyCourse, personId: string): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.put(factsAt(personId, course.id), Response.json(course))
}

export async function keptCourse(id: string, personId: string): Promise<MyCourse | null> {
  if (!keepsCourses()) return null
  const found = await (await caches.open(CACHE)).match(factsAt(personId, id))
  return found ? factsIn(found) : null
}

/** Copies of earlier versions of the application know no pages of slides. */
async function factsIn(copy: Response): Promise<MyCourse> {
  const facts = (await copy.json()) as Omit<MyCourse, 'slides'> & Partial<Pick<MyCourse, 'slides'>>
  return { ...facts, slides: facts.slides ?? [] }
}

export async function keptCourses(personId: string): Promise<MyCourse[]> {
  if (!keepsCourses()) return []
  const cache = await caches.open(CACHE)
  const mine = (await cache.keys()).filter(({ url }) => {
    const { pathname } = new URL(url)
    return pathname.startsWith(root(personId)) && pathname.endsWith('/facts')
  })
  const found = await Promise.all(mine.map((request) => cache.match(request)))
  return Promise.all(found.filter((one) => one !== undefined).map(factsIn))
}

/** A file of a kept course as an address that lives as long as the page; null when it is not kept. */
export async function keptFile(courseId: string, fileId: string, personId: string): Promise<string | null> {
  if (!keepsCourses()) return null
  const found = await (await caches.open(CACHE)).match(fileAt(personId, courseId, fileId))
  return found ? URL.createObjectURL(await found.blob()) : null
}

/** Takes a course off the device. */
export async function forgetCourse(id: string, personId: string): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const request of await cache.keys())
    if (new URL(request.url).pathname.startsWith(`${root(personId)}${id}/`)) await cache.delete(request)
}

/** Takes all of them off: whoever signs out leaves nothing behind. */
export const forgetAllCourses = (): Promise<boolean> => caches.delete(CACHE)
