import { describe, expect, it } from 'vitest'
import { linesOf, oneLine } from './wanted-picture.ts'

const measure = (text: string) => [...text].length * 10

describe('text on the picture of the most wanted topics', () => {
  it('is cut with a sign where it would run over the score', () => {
    expect(oneLine('怎样写好一份调研报告', 50, measure)).toBe('怎样写好…')
    expect(oneLine('短', 50, measure)).toBe('短')
  })

  it('is broken between any two characters, and nothing of the formula is lost', () => {
    expect(linesOf('得分＝支持＋报名', 30, measure)).toEqual(['得分＝', '支持＋', '报名'])
    expect(linesOf('', 30, measure)).toEqual([])
  })
})
