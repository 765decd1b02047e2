/** The body of a notice of a unit to everybody there and below. */
export const circularOf = (orgId: string, more: Record<string, unknown> = {}) => ({
  orgId,
  title: '关于缴纳党费的通知',
  body: '请于本月底前缴纳。',
  level: 'normal',
  needsConfirm: true,
  answerKind: 'none',
  choices: [],
  fileIds: [],
  targets: toUnits([orgId]),
  ...more,
})

export const toUnits = (orgIds: readonly string[], more: Record<string, unknown> = {}) => ({
  orgIds,
  kinds: ['formal', 'probationary', 'activist', 'masses'],
  posts: [],
  levels: [],
  memberIds: [],
  exceptOrgIds: [],
  exceptMemberIds: [],
  ...more,
})
