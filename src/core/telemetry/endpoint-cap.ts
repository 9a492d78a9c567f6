/** Stands for all names beyond a cap. */
export const OTHER = '(other)';

export interface EndpointCapLimits {
  readonly services: number;
  readonly endpointsPerService: number;
  /** Pairs of a service and a namespace: one a service as a rule. */
  readonly namespaces: number;
  /** Endpoints of all services together: bounds the memory, whatever the names. */
  readonly endpoints: number;
}

/** 50 000 names of at most 200 characters are 20 MB at worst. */
export const defaultEndpointCap: EndpointCapLimits = {
  services: 2000,
  namespaces: 2000,
  endpointsPerService: 500,
  endpoints: 50_000,
};

/**
 * Keeps the names of services and their endpoints bounded: the first to come are kept, all later ones share the
 * visible name {@link OTHER}. A name that was admitted once stays, so that no objective changes under its feet.
 */
export class EndpointCap {
  readonly #limits: EndpointCapLimits;
  readonly #endpoints = new Map<string, Set<string>>();
  readonly #namespaces = new Map<string, Set<string>>();
  #count = 0;
  #namespaceCount = 0;

  constructor(limits: EndpointCapLimits = defaultEndpointCap) {
    this.#limits = limits;
  }

  /** Admits what is known already, as after a restart: the same names as before stay, in the order given. */
  seed(known: Iterable<{ readonly service: string; readonly endpoint: string }>): void {
    for (const { service, endpoint } of known) this.endpoint(service, endpoint);
  }

  /** The service under its own name, or {@link OTHER} when there are too many. */
  service(name: string): string {
    if (this.#endpoints.has(name)) return name;
    if (name === OTHER || this.#endpoints.size >= this.#limits.services) return OTHER;
    this.#endpoints.set(name, new Set());
    return name;
  }

  /** The namespace of a service under its own name, or {@link OTHER} when there are too many; none stays none. */
  namespace(service: string, name: string): string {
    const known = this.#namespaces.get(service) ?? new Set();
    if (name === '' || known.has(name)) return name;
    if (this.#namespaceCount >= this.#limits.namespaces) return OTHER;
    this.#namespaces.set(service, known.add(name));
    this.#namespaceCount++;
    return name;
  }

  /** The endpoint under its own name, or {@link OTHER} when its service is one of too many or has too many. */
  endpoint(service: string, name: string): string {
    const known = this.#endpoints.get(this.service(service));
    if (known === undefined || name === OTHER) return OTHER;
    if (known.has(name)) return name;
    if (known.size >= this.#limits.endpointsPerService || this.#count >= this.#limits.endpoints) return OTHER;
    known.add(name);
    this.#count++;
    return name;
  }
}
