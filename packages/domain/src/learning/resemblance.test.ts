import { describe, expect, it } from 'vitest'
import { bandsOf, resemblance, sketchOf } from './resemblance.ts'
import { wordsIn } from './words-in.ts'

const FIRST =
  '通过这次学习，我深刻认识到支部工作条例是做好基层党建工作的根本遵循，要把条例的要求落实到三会一课和主题党日之中，努力做一名合格的党员。'
const OTHER =
  '周末随志愿服务队到敬老院看望老人，陪他们聊天、包饺子，回来的路上想起了自己的爷爷奶奶，觉得应该常回家看看。'

describe('resemblance of texts', () => {
  it('compares nothing where a text is too short, and knows a text in other spaces and marks', () => {
    expect(sketchOf('学习心得。')).toEqual([])
    expect(resemblance(sketchOf('学习心得。'), sketchOf(FIRST))).toBe(0)
    expect(resemblance(sketchOf(FIRST), sketchOf(FIRST.replace(/，/g, ' , ')))).toBe(1)
  })

  it('is high for a text with another beginning, and near nothing for another text', () => {
    const changed = `尊敬的支部：${FIRST}`
    expect(resemblance(sketchOf(FIRST), sketchOf(changed))).toBeGreaterThan(0.8)
    expect(resemblance(sketchOf(FIRST), sketchOf(OTHER))).toBeLessThan(0.1)
    const bands = new Set(bandsOf(sketchOf(FIRST)))
    expect(bandsOf(sketchOf(changed)).some((band) => bands.has(band))).toBe(true)
    expect(bandsOf(sketchOf(OTHER)).some((band) => bands.has(band))).toBe(false)
  })

  it('estimates the share of common shingles within a tenth and a half', () => {
    const sentences = Array.from(
      { length: 40 },
      (_, at) => `第${at}条${'规定支部应当认真研究落实'.slice(at % 5)}${at * at}次，`,
    )
    const whole = sentences.join('')
    const half = sentences.slice(0, 20).join('')
    const shingles = (text: string) => {
      const chars = [...text.replace(/\p{P}/gu, '')]
      return new Set(chars.map((_, at) => chars.slice(at, at + 5).join('')).filter(({ length }) => length === 5))
    }
    const [a, b] = [shingles(whole), shingles(half)]
    const common = [...b].filter((one) => a.has(one)).length
    const truth = common / (a.size + b.size - common)
    expect(Math.abs(resemblance(sketchOf(whole), sketchOf(half)) - truth)).toBeLessThan(0.15)
  })
})

it('counts characters and words as people do', () => {
  expect(wordsIn('')).toBe(0)
  expect(wordsIn('学习“two sessions”精神，共2个')).toBe(9)
  expect(wordsIn("Don't stop here")).toBe(3)
})
