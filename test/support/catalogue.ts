/**
 * The schema as a listing that two databases can be compared by; pg-boss's own schema and the months'
 * partitions are left out.
 */
import type { Reader } from '../../src/db/connect.ts';

/** One line for each column, constraint, index and function, in a stable order. Ends with a newline. */
export async function listCatalogue(db: Reader): Promise<string> {
  const lines = await db<{ line: string }[]>`
    with relation as (
      select c.oid, c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p')
        and not c.relispartition
    )
    select line from (
      select name, 1 as part, lpad(a.attnum::text, 3, '0') as place,
        format(
          'table %s: %s %s%s%s', name, a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          case
            when a.attidentity <> '' then ' identity'
            when a.attgenerated <> '' then ' generated ' || pg_get_expr(d.adbin, d.adrelid)
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
            else ''
          end
        ) as line
      from relation join pg_attribute a on a.attrelid = relation.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      union all
      select name, 2, c.conname, format('constraint %s: %s', name, pg_get_constraintdef(c.oid))
      from relation join pg_constraint c on c.conrelid = relation.oid
      where c.contype <> 'n'
      union all
      select name, 3, i.indexrelid::regclass::text, 'index ' || pg_get_indexdef(i.indexrelid)
      from relation join pg_index i on i.indrelid = relation.oid
      union all
      select name, 4, '', format('partitioned %s: %s', name, pg_get_partkeydef(relation.oid))
      from relation where pg_get_partkeydef(relation.oid) is not null
      union all
      select '~function', 5, p.proname, pg_get_functiondef(p.oid) from pg_proc p
      where p.pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      union all
      select '~extension', 6, e.extname, format('extension %s', e.extname) from pg_extension e
      where e.extname <> 'plpgsql'
    ) listing
    order by name collate "C", part, place collate "C", line collate "C"`;
  return `${lines.map(({ line }) => line).join('\n')}\n`;
}
