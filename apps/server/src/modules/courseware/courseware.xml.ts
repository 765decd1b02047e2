import { coursewareRefusals as refusals } from '@tongxin/contract'
import { readXml } from '../../platform/spreadsheet/xml.ts'

/** One element, by its name without prefix. */
export type Node = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Node[]
  text: string
}

const MOST_NODES = 100_000
/** Lines of contents: a page shows them all, and every opening hands them over. */
const MOST_ITEMS = 2000

/** @throws Refusal `courseware.too_many_items` */
export function demandFew(items: readonly unknown[]): void {
  if (items.length > MOST_ITEMS) throw refusals.too_many_items({ most: MOST_ITEMS })
}

/** Reads XML of any declared encoding into a tree. @throws Refusal `courseware.manifest_damaged` */
export function treeOf(bytes: Buffer): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' }
  const open: Node[] = [root]
  let count = 0
  const reader = readXml({
    open: (name, attributes) => {
      count += 1
      if (count > MOST_NODES) throw refusals.manifest_damaged()
      const node: Node = { name, attributes: { ...attributes }, children: [], text: '' }
      open.at(-1)?.children.push(node)
      open.push(node)
    },
    close: () => void open.pop(),
    text: (text) => {
      const node = open.at(-1)
      if (node) node.text += text
    },
  })
  try {
    reader.write(Buffer.from(textOf(bytes)))
    reader.end()
  } catch {
    // Not well-formed, a document type, too deep: one thing to whoever uploads.
    throw refusals.manifest_damaged()
  }
  const [first] = root.children
  if (!first) throw refusals.manifest_damaged()
  return first
}

function textOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  if (mark === 'fffe' || mark === 'feff')
    return new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(bytes)
  const declared = /^[^>]{0,100}encoding\s*=\s*["']([a-z0-9_-]{2,20})["']/i.exec(bytes.toString('latin1', 0, 200))?.[1]
  try {
    return new TextDecoder(declared ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusals.manifest_damaged()
  }
}

export const childOf = (node: Node | undefined, name: string): Node | undefined =>
  node?.children.find((one) => one.name === name)
export const childrenOf = (node: Node | undefined, name: string): Node[] =>
  node?.children.filter((one) => one.name === name) ?? []
export const wordsOf = (node: Node | undefined, name: string): string => childOf(node, name)?.text.trim() ?? ''

/** A number, or null where there is none. */
export function numberOf(text: string): number | null {
  const value = Number(text)
  return text === '' || !Number.isFinite(value) ? null : value
}
