import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { EDUCATION_RULES } from '../rules/education.ts'
import { judge, type Verdict } from '../verdict.ts'

export type StudyRole = 'member' | 'secretary' | 'committeeMember'

/** Yearly study hours reached (EDU-1, EDU-2); the old, ill and disabled are exempt (EDU-4). */
export function studyHoursOk(
  input: { role: StudyRole; hours: number; exempt: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  if (input.exempt) return judge(EDUCATION_RULES['EDU-4'], true, true)
  const isMember = input.role === 'member'
  const needed = wholeParameter(parameters, isMember ? 'education.memberHours' : 'education.leaderHours')
  const ok = input.hours >= needed
  return judge(EDUCATION_RULES[isMember ? 'EDU-1' : 'EDU-2'], ok, ok)
}

export type TrainingKind = 'fullDay' | 'halfDay' | 'hour' | 'minute'

/** 学时 of a training (EDU-5): full days, half days, hours or minutes of branch study. */
export function toHours(
  input: { kind: TrainingKind; amount: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<number> {
  const per = (code: string) => wholeParameter(parameters, `education.${code}`)
  const minutesPerUnit: Record<TrainingKind, () => number> = {
    fullDay: () => per('hoursPerFullDay') * per('minutesPerHour'),
    halfDay: () => per('hoursPerHalfDay') * per('minutesPerHour'),
    hour: () => 60,
    minute: () => 1,
  }
  const unit = minutesPerUnit[input.kind]
  if (!unit) throw new RangeError(`Unknown kind of training: ${input.kind}`)
  return judge(EDUCATION_RULES['EDU-5'], (input.amount * unit()) / per('minutesPerHour'), true)
}
