import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { TransferRecord } from '@tongxin/contract/transfers'
import { Lamp, type TimelineEntry, useRefusalWords, WhyArticle } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { PrintActs } from './PrintActs.tsx'
import { TransferActs } from './TransferActs.tsx'
import { TransferFacts } from './TransferFacts.tsx'
import { ALL_TRANSFERS, TRANSFER_EVENTS, transferQuery } from './transfers.api.ts'
import { lampOf, roadOf } from './transfers.format.ts'
import './transfers.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(transferQuery(params.id ?? ''))

/** One transfer: how far it has come, what may be done with it now, and why the rest may not. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(TRANSFER_EVENTS, ALL_TRANSFERS)
  const { data: one } = useSuspenseQuery(transferQuery(params.id ?? ''))
  return (
    <RecordPage
      trail={[{ label: t('transfers.title'), path: paths.transfers.list() }]}
      name={one.name}
      state={<Lamp state={lampOf(one)}>{t(`transfers.state.${one.state}`)}</Lamp>}
      facts={[
        { label: t('transfers.number'), value: one.number ?? '—' },
        { label: t('transfers.to'), value: one.toName },
        { label: t('transfers.validUntil'), value: one.validUntil ?? '—' },
      ]}
      acts={<TransferActs one={one} />}
      tabs={[
        {
          key: 'facts',
          label: t('transfers.overview'),
          body: (
            <>
              <Notice one={one} />
              <Road one={one} />
              <TransferFacts id={one.id} />
            </>
          ),
        },
        { key: 'why', label: t('transfers.whyTab'), body: <Reasons one={one} /> },
        { key: 'print', label: t('transfers.paper'), body: <PrintActs one={one} /> },
      ]}
      timeline={entriesOf(one, t)}
      search={search}
      setSearch={setSearch}
    />
  )
}

function entriesOf(one: TransferRecord, t: TFunction): TimelineEntry[] {
  return [...one.steps].reverse().map((step) => ({
    id: step.id,
    at: step.at,
    who: step.by ?? t('transfers.byItself'),
    what: t(`transfers.done.${step.act}`),
    ...(step.note ? { reason: step.note } : {}),
    ...(step.on ? { cite: t('transfers.saidOn', { on: step.on }) } : {}),
  }))
}

/** What must be known before anything else: a letter that ran out, and one that never landed. */
function Notice({ one }: { one: TransferRecord }) {
  const { t } = useTranslation()
  if (one.state !== 'expired' || one.settledOn || one.renewedById) return null
  return (
    <div className="transfer-notice" role="note">
      <p>{t('transfers.expiredHint')}</p>
      {one.strandedOn ? (
        <WhyArticle source={t('transfers.constitution')} article={t('transfers.article9')}>
          {t('transfers.strandedHint')}
        </WhyArticle>
      ) : null}
    </div>
  )
}

/** The steps of the road with a tick at what is done. */
function Road({ one }: { one: TransferRecord }) {
  const { t } = useTranslation()
  const lastBack = one.steps.map(({ act }) => act).lastIndexOf('send_back')
  const done = new Set(one.steps.slice(lastBack + 1).map(({ act }) => act))
  const isApproved = one.state !== 'draft' && one.state !== 'branch_agreed'
  // A renewed letter carries the approvals of the first; the receiving side is not shown how they came about.
  const isDone = (act: string) =>
    done.has(act) || (isApproved && (one.renewsId !== null || one.side === 'receiving') && act !== 'receive')
  return (
    <ol className="transfer-road" aria-label={t('transfers.road')}>
      {roadOf(one).map((act) => (
        <li key={act} data-done={isDone(act) || undefined}>
          <span className="transfer-dot" aria-hidden="true">
            {isDone(act) ? <Check size={14} /> : null}
          </span>
          {t(`transfers.step.${act}`)}
          <span className="tx-hidden">{t(isDone(act) ? 'transfers.isDone' : 'transfers.isOpen')}</span>
        </li>
      ))}
    </ol>
  )
}

/** The acts that may not be done now, under the reason that stands against them and what to do instead. */
function Reasons({ one }: { one: TransferRecord }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const refused = one.acts.filter(({ whyNot }) => whyNot !== null)
  const codes = [...new Set(refused.map(({ whyNot }) => whyNot as string))]
  return (
    <dl className="transfer-reasons">
      {codes.map((code) => {
        const { reason, remedy } = words(code, { name: one.name, state: one.state })
        const acts = refused.filter(({ whyNot }) => whyNot === code).map(({ act }) => t(`transfers.act.${act}`))
        return (
          <div key={code}>
            <dt>{acts.join(t('transfers.comma'))}</dt>
            <dd>
              {reason} <span className="hint">{remedy}</span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
