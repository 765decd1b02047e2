export type DemonstrationEvents = {
  'demonstration.removal_begun': Record<string, never>
  'demonstration.removed': { rows: number }
}
