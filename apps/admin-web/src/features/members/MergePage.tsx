import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type MergePlan, mergeMembers } from '@tongxin/contract/members.merge'
import { Button, EmptyState, ErrorState, RefusalText, Skeleton, say, TextArea } from '@tongxin/ui'
import { ArrowLeftRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { MergeFields, References, type Take } from './MergeParts.tsx'
import { ALL_DUPLICATES, planQuery } from './merge.api.ts'
import './members.css'

/** Two records side by side: which one goes on, which values are taken, what happens to everything else. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { keptId = '', goneId = '' } = search
  const plan = useQuery(planQuery(keptId, goneId))
  return (
    <div className="page">
      <title>{`${t('members.merge.pageTitle')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('members.merge.pageTitle')}</h1>
      </header>
      <section className="panel merge-choice" aria-label={t('members.merge.choose')}>
        <Chosen
          label={t('members.merge.kept')}
          id={keptId}
          side={plan.data?.kept}
          onChange={(id) => setSearch({ keptId: id })}
        />
        <Button
          kind="quiet"
          aria-label={t('members.merge.swap')}
          icon={<ArrowLeftRight size="1.1em" aria-hidden="true" />}
          onClick={() => setSearch({ keptId: goneId, goneId: keptId })}
        >
          {t('members.merge.swap')}
        </Button>
        <Chosen
          label={t('members.merge.gone')}
          id={goneId}
          side={plan.data?.gone}
          onChange={(id) => setSearch({ goneId: id })}
        />
      </section>
      {keptId === '' || goneId === '' ? (
        <EmptyState title={t('members.merge.chooseTwo')} />
      ) : plan.isPending ? (
        <Skeleton lines={10} />
      ) : plan.error ? (
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <Decision key={`${keptId}/${goneId}/${plan.data.keptVersion}/${plan.data.goneVersion}`} plan={plan.data} />
      )}
    </div>
  )
}

/** One side: looked for by name until it is known who it is. */
function Chosen(props: {
  label: string
  id: string
  side: MergePlan['kept'] | undefined
  onChange: (id: string) => void
}) {
  const { t } = useTranslation()
  const { side } = props
  if (props.id === '' || side?.id !== props.id)
    return <MemberPicker label={props.label} required value={props.id} onChange={props.onChange} />
  return (
    <div className="merge-side">
      <span className="hint">{props.label}</span>
      <strong>{side.name}</strong>
      <span className="hint">
        {side.orgName} · {side.memberNo} · {t('members.completeness')} {side.completeness} %
      </span>
      <span>
        <Button kind="quiet" onClick={() => props.onChange('')}>
          {t('members.merge.chooseOther')}
        </Button>
      </span>
    </div>
  )
}

function Decision({ plan }: { plan: MergePlan }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const suggested = plan.fields.filter((row) => row.suggested).map((row) => row.field)
  const [take, setTake] = useState<Take>(new Set(suggested))
  const [reason, setReason] = useState('')
  const [idChecked, setChecked] = useState(false)
  const isBlocked = plan.references.some((row) => row.fate === 'blocks')
  const save = useWrite(mergeMembers, {
    refreshes: ALL_DUPLICATES,
    onDone: ({ keptId }) => {
      say(t('members.merge.mergedSaid', { name: plan.kept.name }))
      void navigate({ to: paths.members.one(keptId) })
    },
  })
  const whyNot = isBlocked
    ? t('members.merge.blockedFirst')
    : plan.idDiffers && !idChecked
      ? t('members.merge.cardFirst')
      : reason.trim().length < 2
        ? t('members.merge.reasonFirst')
        : undefined
  const submit = () =>
    save.mutate({
      body: {
        keptId: plan.kept.id,
        goneId: plan.gone.id,
        take: [...take] as never,
        keptVersion: plan.keptVersion,
        goneVersion: plan.goneVersion,
        reason: reason.trim(),
        ...(plan.idDiffers ? { idChecked } : {}),
      },
    })
  return (
    <div className="merge-plan">
      <MergeFields plan={plan} take={take} onTake={setTake} />
      <References plan={plan} />
      <section className="panel form" aria-label={t('members.merge.decide')}>
        <p className="hint">{t('members.merge.lead')}</p>
        <RefusalText error={save.error} labels={{ '/body/idChecked': t('members.merge.idChecked') }} />
        {plan.idDiffers ? (
          <label className="merge-check">
            <input type="checkbox" checked={idChecked} onChange={(event) => setChecked(event.target.checked)} />
            {t('members.merge.idChecked')}
          </label>
        ) : null}
        <TextArea label={t('members.reason')} required value={reason} maxLength={500} onChange={setReason} />
        <footer className="tx-acts">
          <Button onClick={() => void navigate({ to: paths.members.duplicates() })}>{t('ui.back')}</Button>
          <Button kind="danger" isBusy={save.isPending} whyNot={whyNot} onClick={submit}>
            {t('members.merge.verb')}
          </Button>
        </footer>
      </section>
    </div>
  )
}
