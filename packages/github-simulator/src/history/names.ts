/** Names of people and repositories. Composed from lists, so that the same number always gives the same name. */
const GIVEN = "Ada Akira Alba Aleksandra Alex Amara Amina Ana Andrei Anjali Anna Aoife Arjun Astrid Ayşe Beatriz Bola Bruno Camille Carlos Chen Chidi Chiara Clara Daan Daniel Deepa Diego Dmitri Eleni Elif Emeka Emil Emma Erik Esther Fatima Felix Femi Finn Freya Gabriel Giulia Grace Hana Hannah Haruka Hugo Ibrahim Ines Ingrid Isabel Ivan Jamal Jan Javier Jia Jonas Joao Jun Karim Katarzyna Kavya Keiko Kofi Kwame Lars Laura Leila Lena Leo Liam Lin Lucia Luis Maja Malik Marco Maria Marta Mateo Maya Mei Mika Milan Min Mohammed Nadia Naomi Nia Nikolai Nils Noor Olga Oluwaseun Omar Oscar Pablo Patricia Paulo Pavel Petra Pierre Pilar Priya Quinn Rafael Rahul Ren Ricardo Rin Rosa Ruth Sakura Samir Sanjay Sara Sofia Soren Stefan Sven Tariq Tatiana Tess Thandiwe Thomas Tomás Uma Valentina Vera Viktor Wei Xin Yara Yuki Yusuf Zainab Zoe".split(" ");
const FAMILY = "Abe Adeyemi Ahmed Almeida Andersson Bakker Banerjee Bauer Bianchi Boateng Brown Castro Chan Chaudhary Clarke Costa Cruz Dahl Das Diaz Dubois Eze Fernandez Fischer Fontaine Garcia Gomez Gupta Haas Hansen Hassan Hernandez Hoffmann Horvat Huang Ito Ivanova Jansen Jensen Johansson Jones Kaya Khan Kim Kobayashi Kovacs Kowalski Kumar Laurent Lee Lewis Li Lindqvist Liu Lopez Mahlangu Martin Mbeki Mendes Meyer Moreau Mueller Murphy Nakamura Nair Nguyen Nielsen Novak Nwosu Obrien Okafor Oliveira Olsen Ozturk Papadopoulos Park Patel Pereira Petrov Popescu Ramirez Rao Reddy Ricci Rossi Roy Russo Sanchez Santos Sato Schmidt Schneider Sharma Silva Singh Smith Sokolov Suzuki Tan Tanaka Torres Tran Vargas Virtanen Wagner Walker Wang Weber Williams Wojcik Wong Yamamoto Yang Yilmaz Young Zhang Ziegler".split(" ");
const COMPANIES = ["Fernhill Systems", "Northgate Labs", "Kestrel Cloud", "Blue Harbour", "University of Tartu", "Polder IT", "Meridian Data", "@lighthouse-io", "@quarry-tools", "freelance", "Sunrise Analytics", "Tallgrass"];
const PLACES = ["Berlin", "Lagos", "São Paulo", "Pune, India", "Kyoto", "Toronto", "Warsaw", "Lyon", "Nairobi", "Austin, TX", "Tallinn", "Melbourne", "Utrecht", "Seoul", "Bogotá", "Cape Town", "Oslo", "Lisbon"];
const NOUNS = "query dashboards alerting security index-management anomaly-detection notifications reporting sql observability ml-commons knn geospatial data-prepper benchmark cli client-js client-python client-go client-rust client-java build ci docs website catalog gateway scheduler storage replication ingest search-relevance mapper flow-framework neural profiler audit tracing metrics operator helm-charts terraform-provider sdk simulator schema migrations fuzzer playground examples".split(" ");
const QUALIFIERS = "core plugin service agent toolkit adapter bridge server ui kit common next lite edge".split(" ");

export type PersonName = { readonly login: string; readonly name: string };

const plain = (text: string): string => text.normalize("NFKD").replaceAll(/[^a-z]/gi, "").toLowerCase();
const at = (list: readonly string[], index: number): string => list[index % list.length] ?? "";

/** The number-th person: all different. */
export function personName(number: number): PersonName {
  const pairs = GIVEN.length * FAMILY.length;
  // The step shares no divisor with the number of pairs: each pair is used once before any returns.
  const pair = (number * 7919 + 4217) % pairs;
  const round = Math.floor(number / pairs);
  const given = at(GIVEN, pair);
  const family = at(FAMILY, Math.floor(pair / GIVEN.length));
  const [first, last] = [plain(given), plain(family)];
  const login = [`${first}-${last}`, `${first}${last}`, `${first.slice(0, 1)}${last}-${first.length}${last.length}${number % 97}`, `${last}${first}`, `${first}-${last}-dev`][number % 5] ?? first;
  // The styles above could collide (`anna-lee`, `annalee` from others' names): a number where the style does not hold the whole name.
  return { login: round === 0 && number % 5 !== 2 ? login : `${login}-${number}`, name: `${given} ${family}` };
}

export const companyOf = (number: number): string | null => (number % 3 === 0 ? at(COMPANIES, number / 3) : null);
export const placeOf = (number: number): string | null => (number % 2 === 0 ? at(PLACES, number / 2) : null);

/** The number-th repository of an organisation: all different. */
export function repositoryName(number: number): string {
  const noun = at(NOUNS, number);
  const round = Math.floor(number / NOUNS.length);
  if (round === 0) return noun;
  const qualifier = at(QUALIFIERS, round - 1);
  return round <= QUALIFIERS.length ? `${noun}-${qualifier}` : `${noun}-${qualifier}-${Math.floor((round - 1) / QUALIFIERS.length) + 1}`;
}
