import { objectAt, oneOfAt, required, uuidAt } from './shape.ts'

export function statementRefAt(value: unknown, at: string): void {
  const reference = objectAt(value, at, ['objectType', 'id'])
  required(reference, 'objectType', at, (type, place) => oneOfAt(type, place, ['StatementRef']))
  required(reference, 'id', at, uuidAt)
}
