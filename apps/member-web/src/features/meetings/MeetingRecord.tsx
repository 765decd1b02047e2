import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import type { AgendaRow } from '@tongxin/contract/meetings'
import type { readOwnMeeting } from '@tongxin/contract/meetings.own'
import { signRecord } from '@tongxin/contract/meetings.record'
import { Button, Lamp, RefusalText, say, WhyArticle, whenText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_MEETINGS } from './meetings.api.ts'

type Meeting = Reply<typeof readOwnMeeting>

/** The record as far as the person may see it: discussion, resolutions, tasks, signatures, errata. */
export function MeetingRecord({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation()
  const { minutes } = meeting
  if (!minutes) return null
  return (
    <section className="card" aria-labelledby="record">
      <h2 id="record">{t('meetings.record')}</h2>
      <p className="hint">
        {t('meetings.present', {
          present: meeting.counts.present,
          called: meeting.counts.voters + meeting.counts.nonvoters,
        })}
      </p>
      {minutes.discussion.map((said, index) => (
        // Notes have no id of their own and never move on this page.
        <p key={`${index}-${said.speaker}`}>
          <strong>{said.speaker}</strong> {said.words}
        </p>
      ))}
      {meeting.agenda
        .filter((item) => item.resolution || item.vote)
        .map((item) => (
          <Resolution key={item.id} item={item} />
        ))}
      {minutes.tasks.length > 0 ? (
        <>
          <h3>{t('meetings.tasks')}</h3>
          <ul>
            {minutes.tasks.map((task) => (
              <li key={`${task.what}-${task.who}`}>
                {t('meetings.task', { what: task.what, who: task.who, due: task.dueOn ?? t('meetings.noDate') })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {meeting.signatures.map((signature) => (
        <p key={signature.as}>
          <Lamp state="ok">
            {t('meetings.signedBy', {
              as: t(`meetings.as.${signature.as}`),
              name: signature.name,
              when: whenText(signature.signedAt, Date.now(), i18n.language),
            })}
          </Lamp>
        </p>
      ))}
      {meeting.errata.map((erratum) => (
        <p key={erratum.at} className="hint">
          {t('meetings.erratum', { text: erratum.text, reason: erratum.reason })}
        </p>
      ))}
      <Sign meeting={meeting} />
    </section>
  )
}

function Resolution({ item }: { item: AgendaRow }) {
  const { t, i18n } = useTranslation()
  const { vote } = item
  return (
    <div>
      <h3>{item.title}</h3>
      {item.resolution ? <p>{item.resolution}</p> : null}
      {vote ? (
        <div>
          <Lamp state={vote.carried ? 'ok' : 'late'}>{t(vote.carried ? 'meetings.carried' : 'meetings.rejected')}</Lamp>{' '}
          {t('meetings.voteFigures', { inFavour: vote.inFavour, against: vote.against, abstained: vote.abstained })}{' '}
          <WhyArticle
            source={i18n.language.startsWith('zh') ? vote.citation.zh : vote.citation.en}
            article={vote.ruleId}
          />
        </div>
      ) : null}
    </div>
  )
}

/** Signs exactly the record that is on the screen: its hash goes along. */
function Sign({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const sign = useWrite(signRecord, { refreshes: ALL_MEETINGS, onDone: () => say(t('meetings.signed')) })
  const { maySignAs, recordHash } = meeting
  if (!maySignAs || !recordHash) return null
  return (
    <>
      <p className="hint">{t('meetings.signHint', { as: t(`meetings.as.${maySignAs}`) })}</p>
      <Button
        kind="primary"
        wide
        isBusy={sign.isPending}
        onClick={() => sign.mutate({ params: { id: meeting.id }, body: { recordHash } })}
      >
        {t('meetings.sign')}
      </Button>
      <RefusalText error={sign.error} />
    </>
  )
}
