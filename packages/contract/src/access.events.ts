export type AccessEvents = {
  'access.signed_in': { secondFactor: boolean }
  'access.signed_out': Record<string, never>
  'access.session_ended': { sessions: number }
  'access.delayed': { failures: number }
  'access.second_factor_shown': { factor: string }
  'access.password_shown': Record<string, never>
  'access.post_taken': { grantId: string; role: string }
  'access.password_changed': Record<string, never>
  'access.factor_added': { factor: string }
  'access.factor_removed': { factor: string }
  'access.account_opened': Record<string, never>
  'access.account_switched': { state: string }
  'access.activation_issued': { people: number; way: string; expiresAt: string }
  'access.slips_printed': { people: number }
  'access.activated': { activationId: string | null }
  'access.recovery_started': { recoveryId: string; resetsFactor: boolean }
  'access.recovery_confirmed': { recoveryId: string; resetsFactor: boolean }
  'access.recovery_cancelled': { recoveryId: string }
  'access.password_reset': { recoveryId: string }
  'access.grant_proposed': { role: string; reach: string; personId: string }
  'access.grant_confirmed': { role: string; reach: string; personId: string; grantId: string }
  'access.grant_returned': { role: string; personId: string }
  'access.grant_ended': { role: string; personId: string }
  'access.grants_exported': { rows: number; purpose: string }
  'access.administrator_claimed': { role: string }
  'access.first_administrator_appointed': { personId: string }
}
