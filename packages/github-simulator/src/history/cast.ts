/** Everybody who takes part: the organisation's people, those from outside who come again, stargazers, bots. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { createApp, createUser } from "../operations/accounts.ts";
import { actionsApp } from "../operations/workflows.ts";
import { isAtWork, YEAR } from "./calendar.ts";
import { companyOf, personName, placeOf } from "./names.ts";
import { makeBotPersona, makePersona, type Persona } from "./persona.ts";
import type { Random, Streams } from "./random.ts";

/** How many are looked at when somebody who is at work is wanted. */
const TRIES = 8;

export class Cast {
  /** Members of the organisation now, and its owners among them; kept by the careers. */
  readonly staff: Persona[] = [];
  readonly owners: Persona[] = [];
  /** From outside, each once for each thing done: who came often comes again. */
  readonly #regulars: Persona[] = [];
  readonly #audience = new Map<number, E.User>();
  readonly #byUser = new Map<E.User, Persona>();
  readonly #world: World;
  readonly #streams: Streams;
  #people = 0;
  readonly dependabot: Persona;
  readonly actions: Persona;
  /** Reports by statuses instead of checks. */
  readonly legacyCi: Persona;

  constructor(world: World, streams: Streams, owner: E.Account) {
    this.#world = world;
    this.#streams = streams;
    // GitHub's own, with the ids that they have on github.com: who owns its apps, and who commits what is merged on its pages.
    const github = createUser(world, { login: "github", id: 9919, name: "GitHub", createdAt: Date.UTC(2008, 4, 11) });
    createUser(world, { login: "web-flow", id: 19_864_447, name: "GitHub Web Flow", email: "noreply@github.com", createdAt: Date.UTC(2016, 5, 10) });
    this.dependabot = this.#know(makeBotPersona(createApp(world, { slug: "dependabot", name: "Dependabot", owner: github, id: 29_110, botId: 49_699_333 }).bot));
    this.actions = this.#know(makeBotPersona(actionsApp(world).bot));
    this.legacyCi = this.#know(makeBotPersona(createUser(world, { login: `${owner.login}-ci`, name: "CI", createdAt: world.now() - YEAR })));
  }

  personaOf(user: E.User): Persona | undefined {
    return this.#byUser.get(user);
  }

  /** A new account; of staff it is years old, of others often younger. */
  person(role: "staff" | "outsider"): Persona {
    const random = this.#streams("person", this.#people);
    // Names with even numbers; the audience has the odd ones, so that more stars do not give others' names to those who work.
    const number = 2 * this.#people++;
    return this.#know(makePersona(this.#account(number, random.between(0.01, role === "staff" ? 9 : 5), random), random, role));
  }

  /** Somebody of the organisation, rather one who is at work now. */
  member(random: Random, suits: (persona: Persona) => boolean = () => true): Persona | undefined {
    return this.#atWork(random, this.staff, suits);
  }

  join(persona: Persona): void {
    this.#know(persona);
    this.staff.push(persona);
  }

  leave(persona: Persona): void {
    for (const people of [this.staff, this.owners]) {
      const index = people.indexOf(persona);
      if (index >= 0) people.splice(index, 1);
    }
  }

  /** One of these people, rather one who is at work now. */
  among(random: Random, people: readonly Persona[], suits: (persona: Persona) => boolean): Persona | undefined {
    return this.#atWork(random, people, suits);
  }

  /** Who does what only an owner may do. */
  owner(random: Random): E.User {
    return (this.#atWork(random, this.owners, () => true) ?? this.owners[0])?.user ?? this.#world.ghost;
  }

  /** From outside: in three of ten cases somebody who was never seen before. */
  outsider(random: Random): Persona {
    const known = random.chance(0.7) ? this.#atWork(random, this.#regulars, ({ user }) => !user.deleted) : undefined;
    const persona = known ?? this.person("outsider");
    this.#regulars.push(persona);
    return persona;
  }

  /** The number-th account that does nothing but look on: stars, watches, forks. */
  onlooker(number: number): E.User {
    const known = this.#audience.get(number);
    if (known !== undefined) return known;
    const random = this.#streams("onlooker", number);
    const user = this.#account(2 * number + 1, random.between(0.01, 6), random);
    this.#audience.set(number, user);
    return user;
  }

  #atWork(random: Random, people: readonly Persona[], suits: (persona: Persona) => boolean): Persona | undefined {
    const now = this.#world.now();
    let chosen: Persona | undefined;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const candidate = random.pickMaybe(people);
      if (candidate === undefined) return undefined;
      // Who is active twice as much is accepted twice as often.
      if (!suits(candidate) || random.next() * 3 > candidate.activity) continue;
      chosen ??= candidate;
      if (isAtWork(candidate.habits, now)) return candidate;
    }
    return chosen ?? people.find(suits);
  }

  #account(number: number, ageYears: number, random: Random): E.User {
    const { login, name } = personName(number);
    const createdAt = Math.max(Date.UTC(2009, 0, 1), Math.round(this.#world.now() - ageYears * YEAR));
    return createUser(this.#world, { login, name: random.chance(0.85) ? name : null, email: random.chance(0.3) ? `${login}@example.com` : null, company: companyOf(number), location: placeOf(number), createdAt });
  }

  #know(persona: Persona): Persona {
    this.#byUser.set(persona.user, persona);
    return persona;
  }
}
