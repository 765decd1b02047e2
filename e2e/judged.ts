import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'

/**
 * What the judges have found sound in this run, by any journey. A screen is the same again when its address (without
 * identities), its size, its colours and every element with its classes, roles and states are: other words and other
 * figures in them, or more rows like those above, are nothing new to axe or html-validate.
 */
export async function isKnownSound(page: Page): Promise<{ isKnown: boolean; remember(): void }> {
  const shape = await page.evaluate<string>(SHAPE)
  const folder = join(inject('sharedFolder'), 'sound')
  const file = join(folder, createHash('sha256').update(shape).digest('hex'))
  return {
    isKnown: existsSync(file),
    remember() {
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, '')
    },
  }
}

// Of these it matters only whether they say anything: they tell which thing it is, not what kind of thing.
const NAMES = 'id|for|name|href|src|srcset|value|title|alt|placeholder|datetime|download|min|max|nonce'
const RELATIONS = 'aria-(?:label|labelledby|describedby|controls|owns|activedescendant|details|value.*)'

const SHAPE = `(() => {
  const identity = /[0-9a-f]{8}-[0-9a-f-]{27}/g
  const says = ({ name, value }) => {
    if (/^(?:${NAMES}|${RELATIONS})$/.test(name)) return value.trim() !== ''
    return name === 'style' && !/colou?r|background/.test(value) ? 'style' : value.replace(identity, 'id')
  }
  const shapeOf = (node) => {
    if (node.nodeType === 3) return node.data.trim() === '' ? '' : 'T'
    if (node.nodeType !== 1 || node.localName === 'script') return ''
    if (node.localName === 'style' || node.localName === 'svg') return node.localName
    const inside = [...node.childNodes].map(shapeOf)
    const once = inside.filter((one, at) => one !== '' && one !== inside[at - 1])
    const attributes = [...node.attributes].map((one) => one.name + '=' + says(one)).sort()
    const state = [node.checked, node.disabled, Boolean(node.value)]
    return node.localName + '[' + [...attributes, ...state] + '](' + once.join() + ')'
  }
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id)
  const { color, backgroundColor } = getComputedStyle(document.body)
  const { fontSize } = getComputedStyle(document.documentElement)
  const address = location.pathname.replace(identity, 'id')
  const looks = [address, innerWidth, innerHeight, color, backgroundColor, fontSize]
  return [...looks, new Set(ids).size === ids.length, shapeOf(document.documentElement)].join('|')
})()`
