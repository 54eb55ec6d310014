package world

import "strings"

// vocabulary is what a team talks about.
type vocabulary struct {
	themes   []theme
	troubles []string
	goals    []string
}

// theme is the subject of an epic, and the parts that work is cut into.
type theme struct {
	name, initiative string
	parts            []string
}

// deeds are what is done to a part; X stands for it.
var deeds = []string{"expose X in the public API", "show X in the console", "add X to the Terraform provider", "write the runbook of X", "alert when X fails",
	"load-test X", "make X idempotent", "retry X after a timeout", "roll out X to Gravelines", "roll out X to Beauharnois", "roll out X to Singapore",
	"meter X for billing", "validate X before it is saved", "measure X for each region", "document X for customers", "put X behind a feature flag",
	"remove the feature flag of X", "record X in the audit log", "bound the memory of X", "add an end-to-end test of X", "migrate X to the new control plane",
	"limit X to the customer's quota", "keep X during a rolling restart", "review the permissions of X"}

// chores are work outside epics.
var chores = []string{"Rotate the certificates of X", "Upgrade Go in X", "Raise the limits of X", "Delete what is left of the old X", "Renew the dashboards of X",
	"Update the base image of X", "Move the secrets of X to the vault", "Shorten the build of X", "Fix a flaky test of X", "Wrong unit in the help of X",
	"Typo in the error message of X", "Stale cache after a change of X"}

var places = []string{"Gravelines", "Strasbourg", "Roubaix", "Beauharnois", "Singapore", "Sydney", "Warsaw", "Limburg", "Vint Hill", "Hillsboro"}

var kubernetes = &vocabulary{
	themes: []theme{
		{"Private clusters", "Network", []string{"the private gateway", "the network option", "DNS inside the private network", "addresses of the customer's subnet", "security groups of nodes"}},
		{"Upgrades without a maintenance window", "Lifecycle", []string{"node draining", "etcd member replacement", "the pre-flight check of deprecated APIs", "resuming a failed upgrade", "the upgrade calendar"}},
		{"Autoscaling of node pools", "Elasticity", []string{"scale-down to zero", "the autoscaler's profile", "mixed flavors in a pool", "scale-up from pending pods"}},
		{"Multi-zone control plane", "Resilience", []string{"API server placement", "etcd across zones", "zone failover", "the quorum watcher"}},
		{"Managed ingress", "Network", []string{"the ingress class", "wildcard certificates", "health checks of load balancers", "access logs of the ingress"}},
		{"Bring your own OIDC", "Security", []string{"the OIDC issuer", "group mapping", "token review", "the kubeconfig generator"}},
		{"GPU node pools", "Elasticity", []string{"the driver image", "GPU quotas", "node feature labels", "GPU metrics"}},
		{"Audit logs to customers", "Security", []string{"the audit policy", "log forwarding", "log retention", "the filter of system accounts"}},
		{"Cheaper control planes", "Efficiency", []string{"API server packing", "the idle cluster detector", "shared admission webhooks", "etcd compaction"}},
		{"Backup of clusters", "Resilience", []string{"etcd snapshots", "volume snapshots", "the restore workflow", "the backup schedule"}},
	},
	troubles: []string{"cluster stuck in REDEPLOYING", "image pulls fail", "nodes NotReady after a reboot", "API server latency above 2 s", "load balancer without health check",
		"volumes do not detach", "certificate of a control plane expired", "webhook of a customer blocks upgrades", "quota of volumes per node", "DNS timeouts in pods"},
	goals: []string{"Private clusters open to the first customers", "Upgrades run without a window", "Autoscaler profile in the console", "Failover of a zone rehearsed", "OIDC in beta"},
}

var storage = &vocabulary{
	themes: []theme{
		{"Object lock", "Compliance", []string{"retention headers", "legal hold", "the governance mode", "lock of multipart uploads"}},
		{"Lifecycle rules", "Efficiency", []string{"expiration rules", "transition to cold storage", "abort of stale uploads", "the rule evaluator"}},
		{"Replication between regions", "Resilience", []string{"the replication queue", "replication of deletes", "lag metrics", "conflict handling", "replication rules"}},
		{"Faster listing", "Performance", []string{"the bucket index", "index resharding", "continuation tokens", "prefix counters"}},
		{"Server-side encryption", "Compliance", []string{"customer keys", "the key service client", "key rotation", "encrypted copies"}},
		{"Bucket policies", "Security", []string{"the policy parser", "principals", "conditions on addresses", "public access blocks"}},
		{"Denser storage nodes", "Efficiency", []string{"erasure coding 12+4", "disk replacement", "the scrubber", "rebalancing"}},
		{"Event notifications", "Integration", []string{"notification rules", "delivery to queues", "event schemas", "dead letters"}},
		{"Access logs of buckets", "Security", []string{"log delivery", "the log format", "log buckets", "log sampling"}},
	},
	troubles: []string{"slow PUT", "503 on multipart completion", "bucket index out of shards", "disk failures above the usual", "wrong usage on a bill",
		"presigned addresses refused", "proxy out of file handles", "replication behind by hours", "listing times out on a large bucket"},
	goals: []string{"Object lock passes the compliance suite", "Replication lag under a minute", "Listing ten times faster", "Cold storage transition in production", "Policies in every region"},
}

var network = &vocabulary{
	themes: []theme{
		{"Load balancer, second generation", "Network", []string{"the listener API", "TLS termination", "connection draining", "weighted pools"}},
		{"Floating addresses", "Network", []string{"address reservation", "reverse DNS", "moving an address", "address pools"}},
		{"Anti-DDoS profiles", "Security", []string{"the scrubbing profile", "game protocols", "detection thresholds", "mitigation reports"}},
		{"IPv6 everywhere", "Modern", []string{"prefix delegation", "router advertisements", "dual-stack gateways", "IPv6 firewalls"}},
		{"Private interconnect", "Enterprise", []string{"BGP sessions", "VLAN provisioning", "link monitoring", "letters of authorization"}},
		{"Firewall as code", "Security", []string{"rule sets", "rule simulation", "stateful sessions", "flow logs"}},
		{"Backbone to 800G", "Resilience", []string{"line cards", "optical paths", "traffic engineering", "capacity forecasts"}},
		{"DNS anycast", "Resilience", []string{"zone transfers", "DNSSEC signing", "anycast sites", "query metrics"}},
	},
	troubles: []string{"BGP session flaps", "packet loss on a backbone link", "router reboot after an upgrade", "DDoS above the profile", "ARP storm in a rack", "floating address unreachable",
		"VLAN missing on a switch", "latency between two regions", "DNS zone not propagated"},
	goals: []string{"Draining without a lost connection", "IPv6 on every gateway", "Interconnect ordered in a click", "Firewall rules reviewed before they apply", "Anycast in two more sites"},
}

// title draws a title that no other ticket has.
func (g *generator) title(draw func() string) string {
	for range 8 {
		if t := draw(); !g.titles[t] {
			g.titles[t] = true
			return t
		}
	}
	t := draw() + " in " + pick(g, places)
	for g.titles[t] {
		t += ", again"
	}
	g.titles[t] = true
	return t
}

func (g *generator) workTitle(th theme) string {
	return g.title(func() string { return th.name + ": " + strings.Replace(pick(g, deeds), "X", pick(g, th.parts), 1) })
}

func (g *generator) choreTitle(v *vocabulary) string {
	return g.title(func() string { return strings.Replace(pick(g, chores), "X", pick(g, pick(g, v.themes).parts), 1) })
}

func (g *generator) troubleTitle(v *vocabulary, kind string) string {
	return g.title(func() string { return kind + ": " + pick(g, v.troubles) + " in " + pick(g, places) })
}
