import encodeQR from 'qr'
import { h } from './page.ts'
import { t } from './texts.ts'

const NS = 'http://www.w3.org/2000/svg'

/** A QR code as a drawing of one path; the page may load no pictures. */
function qrOf(text: string): SVGSVGElement {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 4 })
  const svg = document.createElementNS(NS, 'svg')
  svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`)
  svg.setAttribute('shape-rendering', 'crispEdges')
  const path = document.createElementNS(NS, 'path')
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  path.setAttribute('d', dark.join(''))
  svg.append(path)
  return svg
}

/** Prints the locked share as a code and as text: a sheet outlives most sticks. */
export function printShare(title: string, name: string, file: string): void {
  const paper = h(
    'section',
    { class: 'paper', 'aria-hidden': 'true' },
    h('h1', {}, t('paper.title')),
    h('p', {}, `${title} · ${name}`),
    h('p', {}, t('paper.hint')),
  )
  paper.append(qrOf(file), h('p', {}, t('paper.text')), h('code', {}, file))
  document.querySelector('.paper')?.remove()
  document.querySelector('main')?.append(paper)
  print()
}
