import type { Permission } from '@tongxin/contract/permissions'
import { useTranslation } from 'react-i18next'
import { useSession } from './session.ts'

/** Spread onto a button of ours: a missing right disables it and says why. */
export type Allowance = { readonly whyNot?: string }

/** `const can = useCan()`, then `<Button {...can('members.write')}>`: disable with a reason, do not hide. */
export function useCan(): (permission: Permission) => Allowance {
  const { permissions } = useSession()
  const { t } = useTranslation()
  return (permission) => (permissions.includes(permission) ? {} : { whyNot: t('shared.notYourPost') })
}
