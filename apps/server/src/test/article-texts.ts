/** Texts of articles as an editor writes them, for tests. */

export const says = (text: string, marks?: object[]) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, ...(marks ? { marks } : {}) }],
})
export const SOURCE = { unit: '党委宣传部', evidence: '会议记录和照片', checker: '钱核实', checkedOn: '2026-11-01' }
export const textOf = (more: object = {}) => ({
  title: '支部开展主题党日',
  summary: '十一月主题党日',
  author: '李编辑',
  origin: 'original',
  document: { type: 'doc', content: [says('我们学习了新的条例。')] },
  source: SOURCE,
  ...more,
})
