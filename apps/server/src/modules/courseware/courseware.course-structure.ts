import { MOVE_ON, type MoveOn, coursewareRefusals as refusals } from '@tongxin/contract'
import { keyOfText } from './courseware.keys.ts'
import type { CoursePart, CourseUnit, Structure, StructureItem } from './courseware.manifest.ts'
import { childOf, childrenOf, demandFew, type Node, numberOf, treeOf, wordsOf } from './courseware.xml.ts'

const NAMESPACE = 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd'
/** Parameters that the launch adds; an address must not have them (8.1). */
const RESERVED = ['endpoint', 'fetch', 'actor', 'activityId', 'registration']

const wrong = (name: string) => refusals.structure_wrong({ name: name.slice(0, 120) })

/** Reads a cmi5.xml (cmi5, 13). Addresses are still as they stand there. @throws Refusal `courseware.structure_wrong` */
export function readCourseStructure(bytes: Buffer): Structure {
  const root = treeOf(bytes)
  if (root.name !== 'courseStructure' || !Object.values(root.attributes).includes(NAMESPACE))
    throw wrong('courseStructure')
  const course = childOf(root, 'course')
  if (!course) throw wrong('course')
  const into: Walk = { items: [], ids: new Set(), objectives: objectivesOf(root) }
  const part = partOf(course, 'course')
  walk(root, 0, into)
  demandFew(into.items)
  if (!into.items.some(({ path }) => path !== null)) throw refusals.nothing_to_open()
  return { kind: 'cmi5', edition: '1.0', title: nameIn(part.names), items: into.items, limits: [], course: part }
}

type Walk = { readonly items: StructureItem[]; readonly ids: Set<string>; readonly objectives: ReadonlySet<string> }

function objectivesOf(root: Node): Set<string> {
  const found = new Set<string>()
  for (const node of childrenOf(childOf(root, 'objectives'), 'objective')) {
    const id = iriOf(node, 'objective')
    if (found.has(id)) throw wrong(id)
    found.add(id)
  }
  return found
}

function walk(parent: Node, depth: number, into: Walk): void {
  for (const node of parent.children) {
    if (node.name !== 'block' && node.name !== 'au') continue
    const part = partOf(node, node.name)
    if (into.ids.has(part.publisherId)) throw wrong(part.publisherId)
    into.ids.add(part.publisherId)
    for (const { attributes } of childrenOf(childOf(node, 'objectives'), 'objective'))
      if (!into.objectives.has(attributes.idref ?? '')) throw wrong(attributes.idref ?? 'objective/idref')
    into.items.push(node.name === 'block' ? lineOf(part, depth) : { ...lineOf(part, depth), ...unitOf(node, part) })
    if (node.name !== 'block') continue
    const before = into.items.length
    walk(node, depth + 1, into)
    if (into.items.length === before) throw wrong(part.publisherId)
  }
}

const lineOf = (part: CoursePart, depth: number): StructureItem => ({
  id: keyOfText(part.publisherId),
  title: nameIn(part.names),
  depth,
  path: null,
  speaks: true,
  launchData: '',
  masteryScore: null,
  threshold: null,
  part: { ...part, unit: null },
})

function unitOf(node: Node, part: CoursePart): Pick<StructureItem, 'path' | 'masteryScore' | 'part'> {
  const { moveOn = 'NotApplicable', launchMethod = 'AnyWindow', masteryScore = '' } = node.attributes
  const score = numberOf(masteryScore.trim())
  if (!(MOVE_ON as readonly string[]).includes(moveOn)) throw wrong(`${part.publisherId} moveOn`)
  if (launchMethod !== 'OwnWindow' && launchMethod !== 'AnyWindow') throw wrong(`${part.publisherId} launchMethod`)
  const isScore = masteryScore.trim() === '' || (score !== null && score >= 0 && score <= 1)
  if (!isScore) throw wrong(`${part.publisherId} masteryScore`)
  const unit: CourseUnit = {
    moveOn: moveOn as MoveOn,
    ownWindow: launchMethod === 'OwnWindow',
    launchParameters: wordsOf(node, 'launchParameters') || null,
    entitlementKey: wordsOf(node, 'entitlementKey') || null,
  }
  return { path: addressOf(node, part), masteryScore: score, part: { ...part, unit } }
}

/** An address that a URI may be (RFC 3986); whether something lies there is asked by whoever has the files. */
function addressOf(node: Node, part: CoursePart): string {
  const text = wordsOf(node, 'url')
  if (text === '' || /[\s<>"{}|\\^`]/.test(text)) throw wrong(`${part.publisherId} url`)
  const query = /\?([^#]*)/.exec(text)?.[1] ?? ''
  const taken = RESERVED.find((name) => new URLSearchParams(query).has(name))
  if (taken) throw refusals.reserved_parameter({ name: taken })
  return text
}

function partOf(node: Node, name: string): CoursePart {
  const publisherId = iriOf(node, name)
  const names: Record<string, string> = {}
  for (const { attributes, text } of childrenOf(childOf(node, 'title'), 'langstring')) {
    const said = text.trim().replace(/\s+/g, ' ')
    const language = attributes.lang ?? 'und'
    if (said !== '' && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language)) names[language] = said
  }
  if (Object.keys(names).length === 0) throw wrong(`${publisherId} title`)
  return { publisherId, names }
}

/** An IRI with its scheme (3.0): a relative one would mean another thing on each server. */
function iriOf(node: Node, name: string): string {
  const id = node.attributes.id?.trim() ?? ''
  if (!/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(id)) throw wrong(`${name}/id ${id}`)
  return id
}

/** Chinese where there is one, else English, else the first. */
function nameIn(names: Readonly<Record<string, string>>): string {
  const chinese = Object.keys(names).find((language) => /^zh\b/i.test(language))
  const english = Object.keys(names).find((language) => /^en\b/i.test(language))
  return names[chinese ?? english ?? ''] ?? Object.values(names)[0] ?? ''
}
