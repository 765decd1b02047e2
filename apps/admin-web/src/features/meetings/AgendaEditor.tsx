import { type MeetingPlan, VOTE_RULES } from '@tongxin/contract/meetings.words'
import { Button, Select, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

type Item = MeetingPlan['agenda'][number]

/** Items of the agenda: what, who presents it, and how it is voted on. */
export function AgendaEditor({ agenda, onChange }: { agenda: readonly Item[]; onChange: (agenda: Item[]) => void }) {
  const { t } = useTranslation()
  const set = (index: number, change: Partial<Item>) =>
    onChange(agenda.map((item, at) => (at === index ? { ...item, ...change } : item)))
  return (
    <fieldset>
      <legend>{t('meetings.agenda')}</legend>
      {agenda.map((item, index) => (
        // A new item has no id yet: its place is what it is.
        <div key={index} className="agenda-item">
          <TextInput
            label={t('meetings.item', { n: index + 1 })}
            maxLength={300}
            value={item.title}
            onChange={(title) => set(index, { title })}
          />
          <TextInput
            label={t('meetings.presenter')}
            maxLength={60}
            value={item.presenter ?? ''}
            onChange={(presenter) => set(index, { presenter: presenter || null })}
          />
          <Select
            label={t('meetings.votesLabel')}
            value={item.votes}
            onChange={(votes) => set(index, { votes: votes || 'none' })}
            options={VOTE_RULES.map((value) => ({ value, label: t(`meetings.votes.${value}`) }))}
          />
          <Button kind="quiet" onClick={() => onChange(agenda.filter((_, at) => at !== index))}>
            {t('meetings.remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...agenda, { title: '', votes: 'none' }])}>{t('meetings.addItem')}</Button>
    </fieldset>
  )
}
