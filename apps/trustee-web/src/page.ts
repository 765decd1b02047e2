import { t } from './texts.ts'

type Child = Node | string | null | false
type Listener = (event: Event) => void

/** One element: attributes as text, `on…` as listeners, children as nodes or text. Never HTML from a string. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean | number | Listener | undefined>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value)
    else if (value === true) node.setAttribute(name, '')
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value))
  }
  node.append(...children.filter((child): child is Node | string => child !== null && child !== false))
  return node
}

let count = 0
/** A labelled control with its help beneath. */
export function field<C extends HTMLElement>(label: string, control: C, help?: string): HTMLElement {
  count += 1
  control.id = `field-${count}`
  const helpId = `${control.id}-help`
  if (help) control.setAttribute('aria-describedby', helpId)
  return h(
    'div',
    { class: 'field' },
    h('label', { for: control.id }, label),
    control,
    help ? h('small', { id: helpId }, help) : null,
  )
}

/** A button with its verb; while its act runs it cannot be pressed again. */
export function button(verb: string, act: () => void | Promise<void>, kind: 'primary' | 'plain' = 'plain') {
  const node = h('button', { type: 'button', 'data-kind': kind }, verb)
  node.addEventListener('click', () => {
    if (node.getAttribute('aria-busy') === 'true') return
    node.setAttribute('aria-busy', 'true')
    void Promise.resolve(act()).finally(() => node.removeAttribute('aria-busy'))
  })
  return node
}

/** Hands bytes to the browser as a file. */
export function save(name: string, content: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  h('a', { href: url, download: name }).click()
  // The browser has taken hold of the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A choice of one file; `taken` gets its text, without the line end that editors add. */
export function filePicker(taken: (text: string, name: string) => void): HTMLInputElement {
  const input = h('input', { type: 'file', accept: '.json,application/json' })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) void file.text().then((text) => taken(text.trim(), file.name))
  })
  return input
}

/** What is wrong and what to do, said at once also to who does not see it. */
export const fault = (key: string, facts: Readonly<Record<string, string>> = {}): HTMLElement =>
  h('p', { class: 'fault', role: 'alert' }, t(`fault.${key}`, facts))

/** Unpredictable bytes of this machine. */
export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** Lets the browser draw what was just said before a long calculation holds it. */
export const whilePainted = (): Promise<void> => new Promise((done) => setTimeout(done, 50))

/** A key in groups of four, for comparing by eye or voice. */
export const grouped = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? text
