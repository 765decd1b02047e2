/**
 * What an organisation may set for itself and what is below it. `parameter`: a figure of a statute, changed by two
 * people; `setting`: a choice of practice; `switch`: a feature on or off. `unit` tells what a number counts.
 */
export type SettingCode = {
  readonly kind: 'parameter' | 'setting' | 'switch'
  readonly type: 'whole' | 'switch' | 'text'
  readonly unit?: 'minutes' | 'hours' | 'days' | 'months'
  readonly least?: number
  readonly most?: number
  readonly initial: number | boolean | string
}

/** Settings of practice and switches; the parameters of statutes come from the domain's table. */
export const SETTINGS = {
  'meetings.check_in_before_minutes': {
    kind: 'setting',
    type: 'whole',
    unit: 'minutes',
    least: 0,
    most: 240,
    initial: 30,
  },
  'meetings.check_in_after_minutes': {
    kind: 'setting',
    type: 'whole',
    unit: 'minutes',
    least: 0,
    most: 240,
    initial: 15,
  },
  'meetings.leave_minutes_before': {
    kind: 'setting',
    type: 'whole',
    unit: 'minutes',
    least: 0,
    most: 1440,
    initial: 20,
  },
  'media.largest_megabytes': { kind: 'setting', type: 'whole', least: 10, most: 4096, initial: 1024 },
  'media.longest_minutes': { kind: 'setting', type: 'whole', unit: 'minutes', least: 1, most: 720, initial: 240 },
  'xapi.most_megabytes': { kind: 'setting', type: 'whole', least: 1, most: 1_048_576, initial: 20_480 },
  'library.most_megabytes': { kind: 'setting', type: 'whole', least: 1, most: 1_048_576, initial: 10_240 },
  'meetings.file_within_days': { kind: 'setting', type: 'whole', unit: 'days', least: 1, most: 60, initial: 7 },
  'access.activation_lifetime_hours': {
    kind: 'setting',
    type: 'whole',
    unit: 'hours',
    least: 1,
    most: 336,
    initial: 72,
  },
  'development.late_after_days': { kind: 'setting', type: 'whole', unit: 'days', least: 1, most: 365, initial: 30 },
  'quality.weight_completeness': { kind: 'setting', type: 'whole', least: 0, most: 100, initial: 40 },
  'quality.weight_conflicts': { kind: 'setting', type: 'whole', least: 0, most: 100, initial: 30 },
  'quality.weight_freshness': { kind: 'setting', type: 'whole', least: 0, most: 100, initial: 20 },
  'quality.weight_errors': { kind: 'setting', type: 'whole', least: 0, most: 100, initial: 10 },
  'quality.fresh_months': { kind: 'setting', type: 'whole', unit: 'months', least: 1, most: 60, initial: 12 },
  'quality.sample_percent': { kind: 'setting', type: 'whole', least: 1, most: 100, initial: 5 },
  'quality.rows_a_minute': { kind: 'setting', type: 'whole', least: 2, most: 600, initial: 10 },
  'conversations.keep_days': { kind: 'setting', type: 'whole', unit: 'days', least: 7, most: 3650, initial: 180 },
  'development.applications_by_phone': { kind: 'switch', type: 'switch', initial: true },
  'development.deliberates_only': { kind: 'switch', type: 'switch', initial: false },
  'files.open_unscanned': { kind: 'switch', type: 'switch', initial: true },
  'study.checkin_enabled': { kind: 'switch', type: 'switch', initial: false },
  'meetings.offline_check_in': { kind: 'switch', type: 'switch', initial: true },
  'members.self_correction': { kind: 'switch', type: 'switch', initial: true },
} as const satisfies Record<string, SettingCode>

export type SettingName = keyof typeof SETTINGS
