import { Link } from '@tanstack/react-router'
import type { TransferRecord } from '@tongxin/contract/transfers'
import type { TransferAct } from '@tongxin/contract/transfers.words'
import { Button, useRefusalWords } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ActDialog } from './ActDialog.tsx'
import { nextActOf } from './transfers.format.ts'

const ENDS = new Set<TransferAct>(['withdraw', 'revoke', 'return', 'send_back'])

/** What may be done now, the usual next act first; that one stays visible with its reason when somebody else must act. */
export function TransferActs({ one }: { one: TransferRecord }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const [asked, setAsked] = useState<TransferAct | null>(null)
  const next = nextActOf(one)
  const whyNotOf = (act: TransferAct) => one.acts.find((row) => row.act === act)?.whyNot ?? null
  const open = one.acts.filter(({ act, whyNot }) => whyNot === null && act !== next).map(({ act }) => act)
  const why = next ? whyNotOf(next) : null
  const isLoose = one.state !== 'expired' || (one.settledOn === null && one.renewedById === null)
  const mayEdit = one.state === 'draft' && one.direction !== 'in' && whyNotOf('agree') === null
  return (
    <>
      {next && isLoose ? (
        <Button
          kind="primary"
          whyNot={why === null ? undefined : words(why, { name: one.name }).reason}
          onClick={() => setAsked(next)}
        >
          {t(`transfers.act.${next}`)}
        </Button>
      ) : null}
      {mayEdit ? (
        <Link className="tx-button" to={paths.transfers.edit(one.id)}>
          {t('transfers.edit')}
        </Link>
      ) : null}
      {open.map((act) => (
        <Button key={act} kind={ENDS.has(act) ? 'danger' : 'plain'} onClick={() => setAsked(act)}>
          {t(`transfers.act.${act}`)}
        </Button>
      ))}
      {asked ? <ActDialog one={one} act={asked} onClose={() => setAsked(null)} /> : null}
    </>
  )
}
