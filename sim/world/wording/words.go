package wording

// Vocabulary is what a team talks about.
type Vocabulary struct {
	Themes   []Theme
	Troubles map[string][]string // by nature
	Drawn    int                 // how many subjects of impediments are told apart when one is drawn
}

// Theme is the subject of an epic, and the parts that work is cut into.
type Theme struct {
	Name, Initiative string
	Parts            []string
}

// Deeds are what is done to a part; X stands for it.
var Deeds = []string{"expose X in the public API", "show X in the console", "add X to the Terraform provider",
	"write the runbook of X", "alert on failures of X",
	"load-test X", "cover X with integration tests", "retry after timeouts in X", "roll out X to Gravelines",
	"roll out X to Beauharnois", "roll out X to Singapore",
	"meter the use of X", "check the input of X", "measure X for each region", "document X for customers",
	"put X behind a feature flag",
	"remove the feature flag of X", "record X in the audit log", "reduce the cost of X", "add an end-to-end test of X",
	"migrate X to the new control plane",
	"apply customer quotas to X", "keep X running during a restart", "review the permissions of X"}

// Chores are work outside epics, and Defects those that are bugs.
var (
	Chores = []string{"Rotate the certificates of X", "Upgrade Go in X", "Raise the limits of X",
		"Delete the leftovers of X", "Renew the dashboards of X",
		"Update the base image of X", "Move the secrets of X to the vault", "Shorten the build of X",
		"Fix a flaky test of X",
		"Simplify the configuration of X",
		"Review the alerts of X", "Trim the logs of X"}
	Defects = []string{"Panic after a restart of X", "Wrong default in X", "Limits of X are not applied",
		"Old entries of X are never deleted", "Dashboard of X counts twice",
		"Memory leak in X", "Timeout of X is ignored", "Race at the start of X", "Retries of X never end",
		"Wrong unit in the help of X", "Typo in the error message of X",
		"Stale cache after a change of X"}
)

// Places are where the company has data centres.
var Places = []string{"Gravelines", "Strasbourg", "Roubaix", "Beauharnois", "Singapore", "Sydney", "Warsaw", "Limburg",
	"Vint Hill", "Hillsboro"}

// Kubernetes is what the team of that product talks about.
var Kubernetes = &Vocabulary{
	Themes: []Theme{
		{"Private clusters", "Network", []string{"the private gateway", "the network option",
			"DNS inside the private network", "addresses of the customer's subnet", "security groups of nodes"}},
		{"Upgrades without a maintenance window", "Lifecycle",
			[]string{"node draining", "etcd member replacement", "the pre-flight check of deprecated APIs",
				"resuming a failed upgrade", "the upgrade calendar"}},
		{"Autoscaling of node pools", "Elasticity",
			[]string{
				"scale-down to zero",
				"the autoscaler's profile",
				"mixed flavors in a pool",
				"scale-up from pending pods",
			}},
		{"Multi-zone control plane", "Resilience",
			[]string{"API server placement", "etcd across zones", "zone failover", "the quorum watcher"}},
		{"Managed ingress", "Network", []string{"the ingress class", "wildcard certificates",
			"health checks of load balancers", "access logs of the ingress"}},
		{"Bring your own OIDC", "Security", []string{"the OIDC issuer", "group mapping", "token review",
			"the kubeconfig generator"}},
		{
			"GPU node pools",
			"Elasticity",
			[]string{"the driver image", "GPU quotas", "node feature labels", "GPU metrics"},
		},
		{"Audit logs to customers", "Security",
			[]string{"the audit policy", "log forwarding", "log retention", "the filter of system accounts"}},
		{"Cheaper control planes", "Efficiency",
			[]string{
				"API server packing",
				"the idle cluster detector",
				"shared admission webhooks",
				"etcd compaction",
			}},
		{"Backup of clusters", "Resilience", []string{"etcd snapshots", "volume snapshots", "the restore workflow",
			"the backup schedule"}},
	},
	Troubles: kubernetesTroubles,
	Drawn:    10,
}

// Storage is what the team of that product talks about.
var Storage = &Vocabulary{
	Themes: []Theme{
		{"Object lock", "Compliance", []string{"retention headers", "legal hold", "the governance mode",
			"lock of multipart uploads"}},
		{
			"Lifecycle rules",
			"Efficiency",
			[]string{"expiration rules", "transition to cold storage", "abort of stale uploads",
				"the rule evaluator"},
		},
		{"Replication between regions", "Resilience",
			[]string{"the replication queue", "replication of deletes", "lag metrics", "conflict handling",
				"replication rules"}},
		{"Faster listing", "Performance", []string{"the bucket index", "index resharding", "continuation tokens",
			"prefix counters"}},
		{"Server-side encryption", "Compliance",
			[]string{"customer keys", "the key service client", "key rotation", "encrypted copies"}},
		{"Bucket policies", "Security", []string{"the policy parser", "principals", "conditions on addresses",
			"public access blocks"}},
		{"Denser storage nodes", "Efficiency",
			[]string{"erasure coding 12+4", "disk replacement", "the scrubber", "rebalancing"}},
		{"Event notifications", "Integration",
			[]string{"notification rules", "delivery to queues", "event schemas", "dead letters"}},
		{
			"Access logs of buckets",
			"Security",
			[]string{"log delivery", "the log format", "log buckets", "log sampling"},
		},
	},
	Troubles: storageTroubles,
	Drawn:    9,
}

// Network is what the team of that product talks about.
var Network = &Vocabulary{
	Themes: []Theme{
		{"Load balancer, second generation", "Network",
			[]string{"the listener API", "TLS termination", "connection draining", "weighted pools"}},
		{"Floating addresses", "Network", []string{"address reservation", "reverse DNS", "moving an address",
			"address pools"}},
		{"Anti-DDoS profiles", "Security", []string{"the scrubbing profile", "game protocols", "detection thresholds",
			"mitigation reports"}},
		{"IPv6 everywhere", "Modern", []string{"prefix delegation", "router advertisements", "dual-stack gateways",
			"IPv6 firewalls"}},
		{"Private interconnect", "Enterprise",
			[]string{"BGP sessions", "VLAN provisioning", "link monitoring", "letters of authorization"}},
		{"Firewall as code", "Security", []string{"rule sets", "rule simulation", "stateful sessions", "flow logs"}},
		{"Backbone to 800G", "Resilience", []string{"line cards", "optical paths", "traffic engineering",
			"capacity forecasts"}},
		{"DNS anycast", "Resilience", []string{"zone transfers", "DNSSEC signing", "anycast sites", "query metrics"}},
	},
	Troubles: networkTroubles,
	Drawn:    9,
}

// Identity is what the team of that product talks about.
var Identity = &Vocabulary{
	Themes: []Theme{
		{"Passkeys", "Security", []string{"passkey enrolment", "recovery without a passkey", "the passkey prompt",
			"attestation of devices"}},
		{"Roles per project", "Security", []string{"the role editor", "inherited roles", "role checks in the gateway",
			"the export of roles"}},
		{"Single sign-on for partners", "Enterprise",
			[]string{"SAML metadata", "group mapping of partners", "the partner login page", "sign-out everywhere"}},
		{"Service accounts", "Integration", []string{"keys of service accounts", "expiry of keys",
			"the list of service accounts", "usage of keys"}},
		{"Audit trail of logins", "Compliance",
			[]string{"login events", "the export of events", "retention of events", "alerts on new devices"}},
		{"Self-service recovery", "Efficiency",
			[]string{"recovery codes", "proof of ownership", "the recovery mail", "limits of attempts"}},
	},
	Troubles: identityTroubles,
	Drawn:    9,
}
