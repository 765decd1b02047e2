import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { decideSetting, type SettingRow } from '@tongxin/contract/settings'
import { RULES } from '@tongxin/domain/rules/catalogue'
import { Button, ConfirmDialog, RefusalText, Skeleton, say, Timeline, WhyArticle } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProposeForm } from './ProposeForm.tsx'
import { ALL_SETTINGS, historyQuery } from './settings.api.ts'
import { valueText } from './settings.format.ts'

type Props = { row: SettingRow; orgId: string; orgName: string }

/** One setting: what holds and why, what waits for a second person, how to change it, and all it ever was. */
export function SettingBody({ row, orgId, orgName }: Props) {
  const { t, i18n } = useTranslation()
  const rule = row.ruleId ? RULES[row.ruleId] : undefined
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <div className="settings-one">
      <p>
        <strong>{valueText(row, row.value, t)}</strong>{' '}
        {row.setBy
          ? t('settings.setBy', { name: row.setBy.orgName, on: row.setBy.effectiveFrom })
          : t('settings.shipped')}
      </p>
      {row.value === row.initial ? null : (
        <p className="hint">{t('settings.initial', { value: valueText(row, row.initial, t) })}</p>
      )}
      {rule ? (
        <WhyArticle source={rule.citation[language]} article="">
          {rule.text[language]}
        </WhyArticle>
      ) : null}
      {row.waiting ? (
        <Waiting row={row} waiting={row.waiting} />
      ) : (
        <ProposeForm row={row} orgId={orgId} orgName={orgName} />
      )}
      <History row={row} />
    </div>
  )
}

function Waiting({ row, waiting }: { row: SettingRow; waiting: NonNullable<SettingRow['waiting']> }) {
  const { t } = useTranslation()
  const can = useCan()
  const me = useSession().person?.id
  const [isRefusing, setRefusing] = useState(false)
  const save = useWrite(decideSetting, { refreshes: ALL_SETTINGS, onDone: () => say(t('settings.decided')) })
  const decide = (decision: 'confirm' | 'refuse' | 'withdraw', reason?: string) =>
    save.mutate({ params: { id: waiting.id }, body: { decision, ...(reason ? { reason } : {}) } })
  const isOwn = me === waiting.proposedBy
  return (
    <section className="settings-waiting">
      <h3>{t('settings.waitingTitle')}</h3>
      <p>
        {t('settings.waitingValue', { value: valueText(row, waiting.value, t), on: waiting.effectiveFrom })}
        <br />
        {t('ui.because', { reason: waiting.reason })}
      </p>
      <RefusalText error={isRefusing ? null : save.error} />
      <div className="tx-acts">
        {isOwn ? (
          <Button isBusy={save.isPending} onClick={() => decide('withdraw')}>
            {t('settings.withdraw')}
          </Button>
        ) : (
          <>
            <Button {...can('settings.write')} onClick={() => setRefusing(true)}>
              {t('settings.refuse')}
            </Button>
            <Button kind="primary" isBusy={save.isPending} {...can('settings.write')} onClick={() => decide('confirm')}>
              {t('settings.confirm')}
            </Button>
          </>
        )}
      </div>
      {isOwn ? <p className="hint">{t('settings.secondPerson')}</p> : null}
      <ConfirmDialog
        isOpen={isRefusing}
        onClose={() => setRefusing(false)}
        title={t('settings.refuseTitle')}
        verb={t('settings.refuse')}
        reasonLabel={t('settings.reason')}
        isBusy={save.isPending}
        error={save.error}
        onConfirm={(reason) => {
          decide('refuse', reason)
          setRefusing(false)
        }}
      />
    </section>
  )
}

function History({ row }: { row: SettingRow }) {
  const { t } = useTranslation()
  const { data, isPending } = useQuery(historyQuery(row.code))
  if (isPending) return <Skeleton lines={3} />
  return (
    <section>
      <h3>{t('settings.history')}</h3>
      {data?.rows.length ? (
        <Timeline
          entries={data.rows.map((one) => ({
            id: one.id,
            at: one.proposedAt,
            who: `${one.proposedBy} · ${one.orgName}`,
            what: t('settings.historyLine', {
              value: valueText(row, one.value, t),
              on: one.effectiveFrom,
              state: t(`settings.state.${one.state}`),
            }),
            reason: one.reason,
            ...(one.decidedBy
              ? {
                  cite: t(one.decisionReason ? 'settings.decidedByReason' : 'settings.decidedBy', {
                    name: one.decidedBy,
                    reason: one.decisionReason,
                  }),
                }
              : {}),
          }))}
        />
      ) : (
        <p className="hint">{t('settings.noHistory')}</p>
      )}
    </section>
  )
}
