import { Lamp, whenText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** Until when an activation code is valid, or that there is none. */
export function CodeUntil({ until }: { until: string | null }) {
  const { t, i18n } = useTranslation()
  return until ? (
    <Lamp state="info">{t('access.codeUntil', { when: whenText(until, Date.now(), i18n.language) })}</Lamp>
  ) : (
    <Lamp state="idle">{t('access.noCode')}</Lamp>
  )
}

const STATES = { pending: 'idle', active: 'ok', disabled: 'late' } as const
export function AccountState({ state }: { state: keyof typeof STATES }) {
  const { t } = useTranslation()
  return <Lamp state={STATES[state]}>{t(`access.state.${state}`)}</Lamp>
}

const DECISIONS = { open: 'warn', confirmed: 'ok', returned: 'late', withdrawn: 'idle' } as const
export function Decision({ state }: { state: keyof typeof DECISIONS }) {
  const { t } = useTranslation()
  return <Lamp state={DECISIONS[state]}>{t(`access.decision.${state}`)}</Lamp>
}

const RECOVERIES = { started: 'warn', confirmed: 'info', used: 'ok', cancelled: 'idle' } as const
export function RecoveryState({ state }: { state: keyof typeof RECOVERIES }) {
  const { t } = useTranslation()
  return <Lamp state={RECOVERIES[state]}>{t(`access.recovery.${state}`)}</Lamp>
}

export function RoleName({ role }: { role: string }) {
  const { t } = useTranslation()
  return <>{t(`shell.role.${role}`)}</>
}

export function Yes({ is, word }: { is: boolean; word: string }) {
  return is ? <Lamp state="ok">{word}</Lamp> : <>—</>
}
