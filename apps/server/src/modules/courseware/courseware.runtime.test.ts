import { describe, expect, it } from 'vitest'
import { readManifest, type StructureItem } from './courseware.manifest.ts'
import { type ItemStanding, rolledUp, standingOf } from './courseware.runtime.ts'

/** What a package says is what its code says: whatever it is, the platform stores something that can be read again. */
const item: StructureItem = {
  id: 'a',
  title: '课',
  depth: 0,
  path: 'a.html',
  speaks: true,
  launchData: '',
  masteryScore: 80,
  threshold: 0.8,
}
const said = (score: object, kind: 'scorm12' | 'scorm2004' = 'scorm12') =>
  standingOf(
    kind,
    item,
    JSON.stringify(kind === 'scorm12' ? { core: { lesson_status: 'completed', score } } : { score }),
  )

describe('what a package says', () => {
  it.each([
    [{ raw: '1e308', min: '-1e308', max: '1e308' }, null],
    [{ raw: '-1e308', min: '-1e308', max: '1e308' }, null],
    [{ raw: '1e400' }, null],
    [{ raw: 'NaN' }, null],
    [{ raw: '90', min: '100', max: '0' }, null],
    [{ raw: '1e9' }, 1],
    [{ raw: '-5' }, -0.05],
    [{ raw: '90' }, 0.9],
  ])('scores %j as %s', (score, scaled) => {
    expect(said(score).scaled).toBe(scaled)
    expect(said(score, 'scorm2004').scaled).toBe(scaled)
  })

  it.each(['[]', '1', 'null', '"x"', '{', `${'{"a":'.repeat(50_000)}1`])(
    'is refused when it is no object: %.20s',
    (text) => {
      expect(() => standingOf('scorm12', item, text)).toThrow('courseware.runtime_wrong')
    },
  )

  it('is added up to what a row can hold', () => {
    const long: ItemStanding = { completion: true, success: 'unknown', scaled: 1, seconds: 10_000_000 }
    const { seconds, scaled } = rolledUp(
      1000,
      Array.from({ length: 1000 }, () => long),
      'begun',
    )
    expect(seconds).toBeLessThan(2 ** 31)
    expect(scaled).toBe(1)
  })
})

describe('a manifest', () => {
  const head =
    '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><organizations><organization identifier="o"><title>t</title>'
  const tail =
    '</organization></organizations><resources><resource identifier="r" href="a.html"/></resources></manifest>'
  const items = (n: number) =>
    Array.from({ length: n }, (_, at) => `<item identifier="i${at}" identifierref="r"/>`).join('')

  it('has as many lines as a page can show, and no more', () => {
    const whole = `${head}${items(2000)}${tail}`.replace('imscp_rootv1p1p2', 'adlcp_rootv1p2')
    expect(readManifest(Buffer.from(whole)).items).toHaveLength(2000)
    expect(() => readManifest(Buffer.from(`${head}${items(2001)}${tail}`))).toThrow('courseware.too_many_items')
  })

  it('declares the objectives with which the run-time of 2004 begins', () => {
    const own =
      '<sequencing><objectives><primaryObjective objectiveID="p"/><objective objectiveID="q"/><objective/></objectives></sequencing>'
    const [first] = readManifest(
      Buffer.from(
        `${head}<item identifier="i" identifierref="r">${own}</item>${tail}`.replace(
          'imscp_rootv1p1p2',
          'adlcp_rootv1p2',
        ),
      ),
    ).items
    expect(first?.objectives).toEqual(['p', 'q'])
  })

  it('declares who says that a lesson of 2004 is completed: its end, or the lesson itself', () => {
    const says = '<deliveryControls completionSetByContent="true"/>'
    const own = (words: string) => `<item identifier="i${words.length}" identifierref="r">${words}</item>`
    const shared = `</resources><sequencingCollection><sequencing ID="s">${says}</sequencing></sequencingCollection>`
    const all = [own(''), own(`<sequencing>${says}</sequencing>`), own('<sequencing IDRef="s"/>')].join('')
    const text = `${head}${all}${tail}`.replace('imscp_rootv1p1p2', 'adlcp_v1p3').replace('</resources>', shared)
    const { items: found } = readManifest(Buffer.from(text))
    const ended = (status: object) =>
      found.map((one) => standingOf('scorm2004', one, JSON.stringify({ ...status, ended: true })).completion)
    expect(ended({ completion_status: 'unknown' })).toEqual([true, false, false])
    expect(ended({ completion_status: 'incomplete' })).toEqual([false, false, false])
    expect(ended({ completion_status: 'completed' })).toEqual([true, true, true])
  })

  it.each(['utf16le', 'utf8'] as const)('defines no entities, whatever its encoding: %s', (encoding) => {
    const text = `\ufeff<!DOCTYPE manifest [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${head}${items(1)}${tail}`
    expect(() => readManifest(Buffer.from(text, encoding))).toThrow('courseware.manifest_damaged')
  })

  it('is refused when it is deeper than anybody can read', () => {
    const deep = '<item identifier="x">'.repeat(20_000)
    expect(() => readManifest(Buffer.from(`${head}${deep}`))).toThrow('courseware.manifest_damaged')
  })
})
