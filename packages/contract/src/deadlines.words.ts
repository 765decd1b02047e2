/** The words of one module's deadlines: by kind the sentence, `{{name}}` standing for a parameter; `module` its name. */
export type DeadlineWords = Readonly<Record<string, string>>

/** What is due, in words; the kind itself where a module has brought no words for it. */
export function deadlineTitle(
  words: ReadonlyMap<string, DeadlineWords>,
  deadline: { readonly kind: string; readonly params: Readonly<Record<string, string | number>> },
): string {
  const template = words.get(deadlineModule(deadline.kind))?.[deadline.kind]
  if (template === undefined) return deadline.kind
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(deadline.params[name] ?? '—'))
}

/** `development` of `development.talk`. */
export const deadlineModule = (kind: string): string => kind.split('.')[0] ?? kind
