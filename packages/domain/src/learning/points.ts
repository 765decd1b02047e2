import { CODE_RULES } from '../rules/codes.ts'
import { judge, type Verdict } from '../verdict.ts'

/** `points` for every full `unit` of an action, at most `cap` a day. */
export type PointRule = { action: string; points: number; unit: number; cap: number }

/** Points of one day in Shanghai (LEARN-4): per action up to its cap, together up to `totalCap`. */
export function dailyPoints(input: {
  rules: readonly PointRule[]
  units: Readonly<Record<string, number>>
  totalCap: number | null
}): Verdict<number> {
  const sum = input.rules.reduce((total, rule) => {
    if (rule.unit <= 0) throw new RangeError(`The unit of ${rule.action} must be above 0: ${rule.unit}`)
    const units = Math.max(0, input.units[rule.action] ?? 0)
    return total + Math.min(rule.cap, Math.floor(units / rule.unit) * rule.points)
  }, 0)
  return judge(CODE_RULES['LEARN-4'], input.totalCap === null ? sum : Math.min(input.totalCap, sum), true)
}
