import { readXml } from '../../../platform/spreadsheet/xml.ts'
import { bytesOf, walkArchive } from '../../../platform/upload/archive.ts'
import { type Defaults, excerptOf, type Fault, type Parsed, parsed, type Read } from './parsed.ts'

/**
 * IMS Question and Test Interoperability: 1.2 (`item`, as Moodle, Blackboard and Canvas write it) and 2.0 to 2.2
 * (`assessmentItem`), single documents or zipped packages. Only what the bank can hold is taken; everything else is
 * named as a fault and never guessed.
 */

type Node = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly parts: (Node | string)[]
}
const MOST_XML_BYTES = 4 * 1024 * 1024

function treeOf(xml: Buffer): Node {
  const root: Node = { name: '', attributes: {}, parts: [] }
  const open = [root]
  const reader = readXml({
    open: (name, attributes) => {
      const node: Node = { name, attributes: { ...attributes }, parts: [] }
      open.at(-1)?.parts.push(node)
      open.push(node)
    },
    close: () => void open.pop(),
    text: (text) => void open.at(-1)?.parts.push(text),
  })
  reader.write(xml)
  reader.end()
  return root
}

const isNode = (part: Node | string): part is Node => typeof part !== 'string'
const children = (node: Node): Node[] => node.parts.filter(isNode)
function all(node: Node, ...names: string[]): Node[] {
  return children(node).flatMap((child) => [...(names.includes(child.name) ? [child] : []), ...all(child, ...names)])
}
const first = (node: Node, ...names: string[]): Node | undefined => all(node, ...names)[0]

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
/** Words of HTML that is written inside a text (QTI 1.2, `texttype="text/html"`). */
const plain = (html: string): string =>
  html
    .replace(/<br\s*\/?>|<\/(p|div|li)>/gi, '\n')
    .replace(/<[a-z/!][^>]*>/gi, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
/** What is shown after an answer only: inside an option or a body it would tell which one is right. */
const AFTERWARDS = new Set(['feedbackInline', 'feedbackBlock', 'modalFeedback'])
const shown = (node: Node): (Node | string)[] =>
  node.parts.filter((part) => !isNode(part) || !AFTERWARDS.has(part.name))
const wordsOf = (node: Node): string =>
  shown(node)
    .map((part) => (isNode(part) ? wordsOf(part) : part))
    .join('')
const textOf = (node: Node | undefined): string => (node ? plain(wordsOf(node)) : '')

/** Reads one document. */
export function readQti(xml: Buffer, defaults: Defaults, from = 1): Parsed[] {
  const root = treeOf(xml)
  const items = [...all(root, 'item'), ...all(root, 'assessmentItem')]
  return items.map((item, at) => {
    const read = item.name === 'item' ? readItem(item) : readAssessmentItem(item)
    const place = from + at
    if (typeof read === 'string')
      return {
        place,
        excerpt: excerptOf(item.attributes.title ?? item.attributes.identifier ?? ''),
        fault: read,
        column: null,
      }
    return parsed(place, read, defaults)
  })
}

/** Reads a package: every document in it, in the order of its directory. */
export async function readQtiPackage(zip: Buffer, defaults: Defaults): Promise<Parsed[]> {
  const found: Parsed[] = []
  await walkArchive(zip, { bytes: 0, entries: 0, fileBytes: zip.length }, async (part) => {
    if (/\.xml$/i.test(part.name) && !/imsmanifest\.xml$/i.test(part.name))
      found.push(...readQti(await bytesOf(part, MOST_XML_BYTES), defaults, found.length + 1))
    else for await (const _ of part.stream) void _
  })
  return found
}

/** Elements of either version, and HTML that is written inside a text. */
const PICTURES = ['img', 'object', 'audio', 'video', 'svg', 'matimage', 'mataudio', 'matvideo', 'matapplet']
const hasPicture = (node: Node): boolean =>
  all(node, ...PICTURES).length > 0 || /<(img|object|audio|video|svg|iframe|embed)\b/i.test(wordsOf(node))

const isTruth = (options: readonly string[]): boolean =>
  options.length === 2 && /^(true|正确|对)$/i.test(options[0] ?? '') && /^(false|错误|错)$/i.test(options[1] ?? '')

function choiceRead(stem: string, options: readonly string[], choices: readonly number[], isMultiple: boolean): Read {
  if (!isMultiple && isTruth(options)) return { kind: 'truth', stem, choices }
  return { kind: isMultiple ? 'multiple' : 'single', stem, options, choices }
}

const RESPONSES = ['response_lid', 'response_str', 'response_num', 'response_xy', 'response_grp', 'response_extension']
const COMPUTED = ['vargt', 'vargte', 'varlt', 'varlte', 'calculated', 'itemproc_extension']

/** QTI 1.2: the right labels are those whose condition gives points. */
function readItem(item: Node): Read | Fault {
  const presentation = first(item, 'presentation')
  if (!presentation) return 'stem_missing'
  const [response, ...more] = all(presentation, ...RESPONSES)
  // Pairs, drop-downs and several gaps ask more than once; formulas and ranges have no one answer to compare with.
  if (more.length > 0 || all(item, ...COMPUTED).length > 0) return 'unsupported'
  const labels = response ? all(response, 'response_label') : []
  if (hasPicture(presentation)) return 'has_picture'
  const inLabels = new Set(labels.flatMap((label) => all(label, 'material')))
  const stem = all(presentation, 'material')
    .filter((material) => !inLabels.has(material))
    .map((material) => textOf(material))
    .filter(Boolean)
    .join('\n')
  const feedback = textOf(first(item, 'itemfeedback')) || null
  const right = rightOf(item)
  if (response?.name === 'response_lid' && labels.length > 0) {
    const idents = labels.map((label) => label.attributes.ident ?? '')
    const choices = idents.flatMap((ident, at) => (right.includes(ident) ? [at] : []))
    const isMultiple = response.attributes.rcardinality?.toLowerCase() === 'multiple'
    return { ...choiceRead(stem, labels.map(textOf), choices, isMultiple), explanation: feedback }
  }
  if (response?.name !== 'response_str') return 'unsupported'
  if (right.length === 0) return { kind: 'short', stem, reference: feedback }
  const gapped = /_{2,}/.test(stem) ? stem : `${stem} ____`
  return { kind: 'blank', stem: gapped, blanks: [right.map(plain)], explanation: feedback }
}

function rightOf(item: Node): string[] {
  return all(item, 'respcondition').flatMap((condition) => {
    const given = all(condition, 'setvar').some((set) => Number(textOf(set)) > 0)
    const variables = first(condition, 'conditionvar')
    return given && variables ? equalsIn(variables) : []
  })
}

/** Values that must be given; what stands under `not` must not be. */
function equalsIn(node: Node): string[] {
  return children(node).flatMap((child) =>
    child.name === 'not' ? [] : child.name === 'varequal' ? [wordsOf(child).trim()] : equalsIn(child),
  )
}

const KNOWN = new Set(['choiceInteraction', 'textEntryInteraction', 'extendedTextInteraction'])
const every = (node: Node, is: (child: Node) => boolean): Node[] =>
  children(node).flatMap((child) => [...(is(child) ? [child] : []), ...every(child, is)])

/** QTI 2.x: one interaction an item, or gaps of one kind in a text. */
function readAssessmentItem(item: Node): Read | Fault {
  const body = first(item, 'itemBody')
  if (!body) return 'stem_missing'
  const interactions = every(body, ({ name }) => name.endsWith('Interaction'))
  const [interaction] = interactions
  const isMixed = interactions.some(({ name }) => name !== interaction?.name)
  // What a template computes is another question for everybody.
  if (!interaction || isMixed || !KNOWN.has(interaction.name) || first(item, 'templateDeclaration'))
    return 'unsupported'
  if (hasPicture(body)) return 'has_picture'
  const declarations = new Map(
    children(item)
      .filter(({ name }) => name === 'responseDeclaration')
      .map((one) => [one.attributes.identifier ?? '', one]),
  )
  const right = (node: Node): string[] => {
    const declaration = declarations.get(node.attributes.responseIdentifier ?? '')
    const correct = declaration && first(declaration, 'correctResponse')
    const mapped = declaration
      ? all(declaration, 'mapEntry').filter(({ attributes }) => Number(attributes.mappedValue) > 0)
      : []
    const values = correct ? all(correct, 'value').map((value) => wordsOf(value).trim()) : []
    return values.length > 0 ? values : mapped.map(({ attributes }) => attributes.mapKey ?? '')
  }
  const explanation = feedbackOf(item)
  if (interaction.name === 'textEntryInteraction') {
    const stem = plain(gapped(body))
    return { kind: 'blank', stem, blanks: interactions.map((one) => right(one)), explanation }
  }
  if (interactions.length > 1) return 'unsupported'
  const prompt = textOf(first(interaction, 'prompt'))
  const stem = [plain(withoutInteractions(body)), prompt].filter(Boolean).join('\n')
  if (interaction.name === 'extendedTextInteraction') {
    const rubric = textOf(first(item, 'rubricBlock'))
    return { kind: 'short', stem, reference: right(interaction).join('\n') || rubric || explanation, explanation }
  }
  const options = all(interaction, 'simpleChoice')
  const correct = right(interaction)
  const choices = options.flatMap(({ attributes }, at) => (correct.includes(attributes.identifier ?? '') ? [at] : []))
  const declaration = declarations.get(interaction.attributes.responseIdentifier ?? '')
  const isMultiple = declaration?.attributes.cardinality === 'multiple'
  return { ...choiceRead(stem, options.map(textOf), choices, isMultiple), explanation }
}

/** The words of a feedback, which are none of the words of what holds it. */
const feedbackOf = (item: Node): string | null => textOf(first(item, 'modalFeedback')) || null

const BLOCKS = new Set(['p', 'div', 'li', 'br'])
/** The words of a body with `____` where a text is entered. */
function gapped(node: Node): string {
  return shown(node)
    .map((part) => {
      if (!isNode(part)) return part
      if (part.name === 'textEntryInteraction') return '____'
      return gapped(part) + (BLOCKS.has(part.name) ? '\n' : '')
    })
    .join('')
}
function withoutInteractions(node: Node): string {
  return shown(node)
    .map((part) => {
      if (!isNode(part)) return part
      if (part.name.endsWith('Interaction') || part.name === 'rubricBlock') return ''
      return withoutInteractions(part) + (BLOCKS.has(part.name) ? '\n' : '')
    })
    .join('')
}
