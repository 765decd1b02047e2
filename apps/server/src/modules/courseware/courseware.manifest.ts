import { type MoveOn, type PackageKind, type PackageLimit, coursewareRefusals as refusals } from '@tongxin/contract'
import { childOf, childrenOf, demandFew, type Node, numberOf, treeOf, wordsOf } from './courseware.xml.ts'

/** One line of the contents. `path`: the file with its parameters; null for headings. */
export type StructureItem = {
  readonly id: string
  readonly title: string
  readonly depth: number
  readonly path: string | null
  /** A SCO speaks with the platform; an asset is only shown. */
  readonly speaks: boolean
  readonly launchData: string
  readonly masteryScore: number | null
  readonly threshold: number | null
  /** 2004: what the manifest declares; the run-time begins with them (RTE 4.2.17). Absent in versions of earlier days. */
  readonly objectives?: readonly string[]
  /** 2004: it says itself when it is completed; else its end completes it (SN, UP.4). Absent: no. */
  readonly saysCompletion?: boolean
  /** Of cmi5: as what the publisher knows it; blocks have no unit. */
  readonly part?: CoursePart & { readonly unit: CourseUnit | null }
}
export type Structure = {
  readonly kind: PackageKind
  readonly edition: string
  readonly title: string
  readonly items: readonly StructureItem[]
  readonly limits: readonly PackageLimit[]
  /** Of cmi5: the course itself. */
  readonly course?: CoursePart
}

/** A course, block or unit of cmi5 by the publisher's own address, with its names by language. */
export type CoursePart = { readonly publisherId: string; readonly names: Readonly<Record<string, string>> }
/** What an assignable unit asks for (cmi5, 13.1.4). */
export type CourseUnit = {
  readonly moveOn: MoveOn
  readonly ownWindow: boolean
  readonly launchParameters: string | null
  readonly entitlementKey: string | null
}

/** Content Aggregation Model 1.2 and 2004: `schemaversion`, or the namespace of ADL where it is missing. */
function editionOf(manifest: Node): { kind: PackageKind; edition: string } {
  const said = wordsOf(childOf(manifest, 'metadata'), 'schemaversion')
  if (/^1\.[12]$/.test(said)) return { kind: 'scorm12', edition: said }
  if (/2004|^CAM 1\.3$/i.test(said))
    return { kind: 'scorm2004', edition: said === 'CAM 1.3' ? '2004 2nd Edition' : said }
  const spaces = Object.values(manifest.attributes).join(' ')
  if (/adlcp_v1p3|adlseq_v1p3|adlnav_v1p3/.test(spaces)) return { kind: 'scorm2004', edition: '2004' }
  if (/adlcp_rootv1p2|imscp_rootv1p1p2/.test(spaces)) return { kind: 'scorm12', edition: '1.2' }
  throw refusals.manifest_incomplete({ name: 'metadata/schemaversion' })
}

type Resource = { readonly path: string | null; readonly speaks: boolean }

/** Addresses are relative to `xml:base` of manifest, resources and resource (IMS Content Packaging 1.1.4). */
function resourcesOf(manifest: Node): Map<string, Resource> {
  const all = childOf(manifest, 'resources')
  const base = (manifest.attributes.base ?? '') + (all?.attributes.base ?? '')
  const found = new Map<string, Resource>()
  for (const { attributes } of childrenOf(all, 'resource')) {
    const { identifier, href, scormtype, scormType } = attributes
    if (!identifier) throw refusals.manifest_incomplete({ name: 'resource/identifier' })
    const path = href ? base + (attributes.base ?? '') + href : null
    found.set(identifier, { path, speaks: (scormtype ?? scormType ?? 'sco').toLowerCase() === 'sco' })
  }
  return found
}

function organizationOf(manifest: Node): Node {
  const all = childOf(manifest, 'organizations')
  const each = childrenOf(all, 'organization')
  const chosen = each.find(({ attributes }) => attributes.identifier === all?.attributes.default) ?? each[0]
  if (!chosen) throw refusals.nothing_to_open()
  if (!chosen.attributes.identifier) throw refusals.manifest_incomplete({ name: 'organization/identifier' })
  return chosen
}

/** Parameters of an item follow the address of its resource (SCORM 2004 CAM 3.4.1.10.1). */
function withParameters(path: string, parameters: string): string {
  const text = parameters.replace(/^[?&]+/, '')
  if (text === '') return path
  if (text.startsWith('#')) return path.includes('#') ? path : path + text
  return `${path}${path.includes('?') ? '&' : '?'}${text}`
}

type Walk = {
  readonly resources: Map<string, Resource>
  /** Sequencing that several items refer to, by its id. */
  readonly shared: Map<string, Node>
  readonly items: StructureItem[]
  readonly ids: Set<string>
}

function walk(parent: Node, depth: number, into: Walk): void {
  for (const node of childrenOf(parent, 'item')) {
    const { identifier, identifierref, parameters, isvisible } = node.attributes
    if (!identifier || into.ids.has(identifier))
      throw refusals.manifest_incomplete({ name: identifier ?? 'item/identifier' })
    into.ids.add(identifier)
    const resource = identifierref ? into.resources.get(identifierref) : undefined
    if (identifierref && !resource) throw refusals.manifest_incomplete({ name: identifierref })
    const path = resource?.path ? withParameters(resource.path, parameters ?? '') : null
    const isHidden = isvisible?.toLowerCase() === 'false'
    // Whoever hides a line wants it reached by rules only; a line that opens nothing and is hidden is left out.
    if (!isHidden || path !== null) {
      into.items.push({
        id: identifier,
        title: wordsOf(node, 'title') || identifier,
        depth,
        path,
        speaks: resource?.speaks ?? false,
        launchData: wordsOf(node, 'datafromlms') || wordsOf(node, 'dataFromLMS'),
        masteryScore: numberOf(wordsOf(node, 'masteryscore')),
        threshold: thresholdOf(node),
        objectives: objectivesOf(node),
        ...(saysCompletion(node, into.shared) ? { saysCompletion: true } : {}),
      })
    }
    walk(node, depth + 1, into)
  }
}

/** 2004: the measure of the primary objective from which it counts as mastered. */
function thresholdOf(node: Node): number | null {
  const objectives = childOf(childOf(node, 'sequencing'), 'objectives')
  const primary = childOf(objectives, 'primaryObjective')
  if (primary?.attributes.satisfiedByMeasure !== 'true') return null
  return numberOf(wordsOf(primary, 'minNormalizedMeasure')) ?? 1
}

function objectivesOf(node: Node): string[] {
  const objectives = childOf(childOf(node, 'sequencing'), 'objectives')
  const declared = [...childrenOf(objectives, 'primaryObjective'), ...childrenOf(objectives, 'objective')]
  return [...new Set(declared.map(({ attributes }) => attributes.objectiveID?.trim() ?? '').filter(Boolean))]
}

/** The item's own delivery controls stand before those it refers to (SN 3.1.1). */
function saysCompletion(node: Node, shared: Map<string, Node>): boolean {
  const own = childOf(node, 'sequencing')
  const referred = shared.get(own?.attributes.IDRef ?? '')
  const controls = childOf(own, 'deliveryControls') ?? childOf(referred, 'deliveryControls')
  return controls?.attributes.completionSetByContent === 'true'
}

const sharedIn = (manifest: Node): Map<string, Node> =>
  new Map(
    childrenOf(childOf(manifest, 'sequencingCollection'), 'sequencing').map((one) => [one.attributes.ID ?? '', one]),
  )

const has = (node: Node, names: ReadonlySet<string>): boolean =>
  names.has(node.name) || node.children.some((child) => has(child, names))

const LIMIT_NODES: Readonly<Record<PackageLimit, ReadonlySet<string>>> = {
  sequencing: new Set(['sequencingRules', 'controlMode', 'limitConditions', 'rollupRules', 'randomizationControls']),
  prerequisites: new Set(['prerequisites']),
  time_limits: new Set(['maxtimeallowed', 'attemptAbsoluteDurationLimit', 'timeLimitAction', 'timelimitaction']),
  shared_data: new Set(['mapInfo', 'map']),
}

/** Reads an imsmanifest.xml. @throws Refusal `courseware.manifest_*`, `courseware.nothing_to_open` */
export function readManifest(bytes: Buffer): Structure {
  const manifest = treeOf(bytes)
  if (manifest.name !== 'manifest') throw refusals.manifest_incomplete({ name: 'manifest' })
  const organization = organizationOf(manifest)
  const into: Walk = { resources: resourcesOf(manifest), shared: sharedIn(manifest), items: [], ids: new Set() }
  walk(organization, 0, into)
  demandFew(into.items)
  if (!into.items.some(({ path }) => path !== null)) throw refusals.nothing_to_open()
  const limits = (Object.keys(LIMIT_NODES) as PackageLimit[]).filter((limit) => has(manifest, LIMIT_NODES[limit]))
  return { ...editionOf(manifest), title: wordsOf(organization, 'title'), items: into.items, limits }
}
