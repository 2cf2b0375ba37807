export const id=7450;export const ids=[7450];export const modules={47450:((e,t,n)=>{n.d(t,{createRayEngine:()=>Y});var r=n(76760),i=n(58500),a=n(23154),o=n(94343),s=n(43759);let c=o.g1P(o.YjP().check(s.Fk(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/)),o.YjP().check(s.Fk(/^[\t\u0020-\u007e\u0080-\u00ff]{0,16384}$/)));function l(e){let t=e.RAY_API_SERVER_ADDRESS?`RAY_API_SERVER_ADDRESS`:`RAY_ADDRESS`,n=e[t];if(!n)return{problem:`The model trains on a Ray cluster, and nothing says where one is. Set RAY_API_SERVER_ADDRESS, such as http://ray-head:8265, in the runner's environment or in the workflow's secrets.`};let r=URL.canParse(n)?new URL(n):void 0;if(!r||!/^https?:$/.test(r.protocol))return{problem:`${t} is ${d(n)}, and the address of a Jobs API such as http://ray-head:8265 is expected.`};if(r.username!==``||r.password!==``)return{problem:`${t} has a user or a password in it. Put them into RAY_JOB_HEADERS as an Authorization header.`};let i=u(e.RAY_JOB_HEADERS);if(`problem`in i)return i;let a=Object.keys(i.headers).some(e=>e.toLowerCase()===`authorization`),o=e.RAY_AUTH_TOKEN?.trim();return o&&!/^[\u0021-\u007e]+$/.test(o)?{problem:`RAY_AUTH_TOKEN has characters that no token has, such as spaces. Set it to the cluster's token alone.`}:{url:`${r.origin}${r.pathname}`.replace(/\/+$/,``),headers:{...i.headers,...o&&!a?{Authorization:`Bearer ${o}`}:{}}}}function u(e){if(!e)return{headers:{}};try{let t=c.safeParse(JSON.parse(e));if(t.success)return{headers:t.data}}catch{}return{problem:`RAY_JOB_HEADERS is not a JSON map of headers. Write for example {"Authorization": "Bearer …"}.`}}function d(e){return/^[a-z]+:\/\/[\w.-]+(:\d+)?\/?$/i.test(e)||/^[\w.-]+(:\d+)?$/.test(e)?e:`no such address`}var f=n(89579);function p(e,{storage:t,seed:n,number:i}){let{repository:a,scope:o,model:s,inputHash:c}=e,l=s.replaceAll(`/`,`~`),u=(0,r.join)(t,a,o,`${l}-${(0,f.VK)(c,16)}-${n}`),d=(0,f.ol)((0,f.dj)({repository:a,scope:o,model:s,inputHash:c,seed:n,storage:t})),p=(0,r.join)(u,`attempt-${i}`);return{id:`assay-${l.slice(0,40)}-${(0,f.VK)(d,16)}-${i}`,folder:p,checkpoints:(0,r.join)(u,`checkpoints`),told:`${p}.told`}}var m=n(37067),h=n(44708);let g=16*1024**2;function _(e,{method:t,headers:n,body:r,timeoutMs:i}){let a=e.startsWith(`https:`)?h.request:m.request,o=r===void 0?0:Buffer.byteLength(r);return new Promise((s,c)=>{let l=a(e,{method:t,headers:{...n,"Content-Length":o},signal:AbortSignal.timeout(i)},e=>{let t=[],n=0;e.on(`data`,r=>{n+=r.length,n>g?e.destroy(Error(`it answered with more than ${g} bytes`)):t.push(r)}),e.on(`error`,c),e.on(`end`,()=>s({status:e.statusCode??0,text:Buffer.concat(t).toString(`utf8`)}))});l.on(`error`,c),l.end(r)})}var v=n(77598),ee=n(46193);let y={continuation:0,text:1,close:8,ping:9,pong:10},te=16*1024**2;function b(e,{headers:t,output:n,signal:r}){let i=(0,v.randomBytes)(16).toString(`base64`),a=e.startsWith(`https:`)?h.request:m.request;return new Promise(o=>{let s=a(e,{headers:{...t,Connection:`Upgrade`,Upgrade:`websocket`,"Sec-WebSocket-Version":`13`,"Sec-WebSocket-Key":i},signal:r,timeout:3e4});s.on(`timeout`,()=>s.destroy()),s.on(`error`,()=>o()),s.on(`response`,e=>{e.destroy(),o()}),s.on(`upgrade`,(e,t,a)=>{let s=()=>t.destroy();r.addEventListener(`abort`,s,{once:!0}),t.on(`error`,s),t.on(`close`,()=>{r.removeEventListener(`abort`,s),o()});let c=(0,v.createHash)(`sha1`).update(`${i}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest(`base64`);if(e.headers[`sec-websocket-accept`]!==c)return s();x(t,a,n)}),s.end()})}function x(e,t,n){let r=new ee.StringDecoder(`utf8`),i=t,a=()=>{for(let t=S(i);t;t=S(i)){if(t===`too large`)return e.destroy();if(i=i.subarray(t.bytes),t.opcode===y.text||t.opcode===y.continuation){let e=r.write(t.payload);e!==``&&n(e)}else if(t.opcode===y.ping)e.write(C(y.pong,t.payload));else if(t.opcode===y.close)return e.end(C(y.close,t.payload))}};e.on(`data`,e=>{i=Buffer.concat([i,e]),a()}),a()}function S(e){if(e.length<2)return;let t=e.readUInt8(1)&127,n=t===127?10:t===126?4:2;if(e.length<n)return;let r=t===127?Number(e.readBigUInt64BE(2)):t===126?e.readUInt16BE(2):t;if(r>te)return`too large`;if(!(e.length<n+r))return{opcode:e.readUInt8(0)&15,payload:e.subarray(n,n+r),bytes:n+r}}function C(e,t){let n=t.subarray(0,125);return Buffer.concat([Buffer.from([128|e,128|n.length,0,0,0,0]),n])}let w=o.Ikc({status:o.k5n([`PENDING`,`RUNNING`,`STOPPED`,`SUCCEEDED`,`FAILED`]),driver_exit_code:o.cl6(o.Whr()),start_time:o.cl6(o.aig()),metadata:o.cl6(o.g1P(o.YjP(),o.YjP()))}),T=o.Ikc({logs:o.YjP()});class E extends Error{status;constructor(e,t){super(e),this.status=t}get mayPass(){return this.status===void 0||this.status>=500}}function D({url:e,headers:t}){let n=e=>`/api/jobs/${encodeURIComponent(e)}`,r=e=>`/api/packages/gcs/${encodeURIComponent(e)}`;return{async find(t){let{status:r,text:o}=await i(`GET`,n(t));if(r===404)return;if(r!==200)throw a(r,o);let s=w.safeParse(A(o));if(!s.success)throw new E(`${e} answered, but not as a Ray cluster does about a job`,r);return s.data},async submit(e){let{status:t,text:n}=await i(`POST`,`/api/jobs/`,{body:JSON.stringify(e),type:`application/json`});if(t!==200)throw a(t,n)},async hasPackage(e){let{status:t,text:n}=await i(`GET`,r(e));if(t!==200&&t!==404)throw a(t,n);return t===200},async putPackage(e,t){let n={body:t,type:`application/octet-stream`},{status:o,text:s}=await i(`PUT`,r(e),n,6e5);if(o!==200)throw a(o,s)},async stop(e){let{status:t,text:r}=await i(`POST`,`${n(e)}/stop`);if(t!==200)throw a(t,r)},async log(e){let{status:t,text:r}=await i(`GET`,`${n(e)}/logs`),o=T.safeParse(A(r));if(t!==200||!o.success)throw a(t,r);return o.data.logs},followLog:(r,i,a)=>b(`${e}${n(r)}/logs/tail`,{headers:t,output:i,signal:a})};async function i(n,r,i,a=3e4){let o={...t,...i&&{"Content-Type":i.type}};try{return await _(`${e}${r}`,{method:n,headers:o,body:i?.body,timeoutMs:a})}catch(t){throw O(t)?new E(`what answers at ${e} is not Ray's dashboard, whose port is 8265 unless it was changed: it does not speak HTTP`):new E(`${e} could not be reached (${t instanceof Error?t.message:String(t)})`)}}function a(t,n){return t===401||t===403?new E(`${e} refused access (${t}); set RAY_AUTH_TOKEN or RAY_JOB_HEADERS`,t):new E(`${e} answered ${t}${k(n)}`,t)}}function O(e){return e instanceof Error&&`code`in e&&String(e.code).startsWith(`HPE_`)}function k(e){let t=e.split(`
`).filter(e=>/[A-Za-z]/.test(e)).at(-1)?.trim();return t?`: ${t.slice(0,300)}`:``}function A(e){try{return JSON.parse(e)}catch{return}}async function ne(e,t,n){return[...await re(t,n),...await ie(e)]}async function re(e,t){let n=`${e}, the storage of the Ray engine,`;if(!(await t.stat(e))?.isFolder)return[`${n} is no folder here. Mount it on the runner and on the cluster under the same path.`];let i=(0,r.join)(e,`.assay-probe-${process.pid}`);try{return await t.write(i,``),await t.remove(i),[]}catch(e){return[`${n} cannot be written here (${e instanceof Error?e.message:String(e)}).`]}}async function ie(e){try{return await e.find(`assay-is-there-a-cluster`),[]}catch(e){if(e instanceof E)return[`The Ray cluster cannot be used: ${e.message}.`];throw e}}function ae(e,t,n){let r=new AbortController,{signal:a}=r,o=!1,s=0,c=l();return{async finish(){o=!0;let a=await e.log(t).catch(e=>{if(!(e instanceof E))throw e});a===void 0&&await Promise.race([c,(0,i.setTimeout)(15e3,void 0,{ref:!1})]),r.abort(),a!==void 0&&a.length>s&&n(a.slice(s))},stop:()=>r.abort()};async function l(){for(;!a.aborted;){let r=0,c=o;if(await e.followLog(t,e=>{let t=e.slice(Math.max(s-r,0));r+=e.length,t===``||a.aborted||(s=r,n(t))},a),c)return;await(0,i.setTimeout)(o?0:2e3,void 0,{ref:!1})}}}var j=n(38522);function M(e){let t=[],n=[],r=0;for(let{path:i,content:a,executable:o}of e){let e=Buffer.from(i),s=(0,j.deflateRawSync)(a),c=Buffer.alloc(26);c.writeUInt16LE(20,0),c.writeUInt16LE(2048,2),c.writeUInt16LE(8,4),c.writeUInt16LE(33,8),c.writeUInt32LE((0,j.crc32)(a),10),c.writeUInt32LE(s.length,14),c.writeUInt32LE(a.length,18),c.writeUInt16LE(e.length,22),t.push(Buffer.from(`PK`),c,e,s);let l=Buffer.alloc(6,`PK`,`latin1`),u=Buffer.alloc(14);u.writeUInt32LE((32768|(o?493:420))<<16>>>0,6),u.writeUInt32LE(r,10),n.push(l,c,u,e),r+=4+c.length+e.length+s.length}let i=Buffer.concat(n),a=Buffer.alloc(22);return a.write(`PK`,`latin1`),a.writeUInt16LE(e.length,8),a.writeUInt16LE(e.length,10),a.writeUInt32LE(i.length,12),a.writeUInt32LE(r,16),Buffer.concat([...t,i,a])}let N=`.assay`,P=`python3 ${N}/job.py`,F=100*1024**2,I=1024**3;async function L(e,t){let n=[],i={},o=0;for(let{path:s,mode:c}of e.files.toSorted((e,t)=>e.path<t.path?-1:1)){let l=(0,r.join)(e.folder,s);if(c===`160000`)throw new a.eb(`${s} is a git submodule, whose files do not travel to a cluster. Fetch it in train.setup.`);if(s.split(`/`)[0]===N)throw new a.eb(`${s}: the name ${N} is Assay's own. Rename the folder.`);let u=await t.readLink(l);if(u!==void 0){i[s]=u;continue}let d=await z(t,e.folder,s);if(d!==void 0)throw new a.eb(`${s} lies behind the link ${d}, which may lead out of the repository. Name the file itself.`);let f=(await t.stat(l))?.bytes;if(f===void 0)throw new a.eb(`${s} is tracked and not on this machine. Check the whole commit out.`);if(o+=f,o>I)throw R(`more than 1 GiB`);n.push({path:s,content:await t.readBytes(l,I)??Buffer.alloc(0),executable:c===`100755`})}if(n.length>65532)throw new a.eb(`${n.length} files are too many for a cluster's package: at most 65532 travel.`);let{setup:s,run:c,data:l,params:u,outputs:d}=e,p=(e,t)=>({path:`${N}/${e}`,content:Buffer.from(t),executable:!1});n.push(p(`job.py`,`import hashlib, json, os, shutil, signal, subprocess, sys, tempfile, time
from datetime import datetime, timezone

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "work.json"), encoding="utf-8") as file:
    work = json.load(file)
job = json.loads(os.environ.pop("ASSAY_JOB"))
output = os.path.join(job["folder"], "output")
started = time.monotonic()
started_at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def files_of(path):
    if not os.path.isdir(path):
        return [path] if os.path.isfile(path) else []
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)


def marks(path):
    return [(file, os.stat(file).st_mtime_ns, os.stat(file).st_size) for file in files_of(path) if os.path.exists(file)]


def copy(source, target):
    if os.path.isdir(source):
        shutil.copytree(source, target)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(source, target)


def record(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    name = os.path.relpath(path, output).replace(os.sep, "/")
    return {"path": name, "digest": "sha256:" + digest.hexdigest(), "bytes": os.path.getsize(path)}


def leave(end, files=()):
    result = {
        "schema": "assay.ray-result/v1",
        "job": job["id"],
        "startedAt": started_at,
        "seconds": round(time.monotonic() - started, 3),
        "files": list(files),
        **end,
    }
    beside = os.path.join(job["folder"], "result.json.new")
    with open(beside, "w", encoding="utf-8") as file:
        json.dump(result, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, os.path.join(job["folder"], "result.json"))


def run(command, cwd, env):
    shell = shutil.which("bash") or "sh"
    child = subprocess.Popen([shell, "-c", command], cwd=cwd, env=env)
    left = job["timeoutSeconds"] - (time.monotonic() - started)
    try:
        code = child.wait(max(left, 0))
    except subprocess.TimeoutExpired:
        # Everything that the command started is in this group, and so is this script.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            pass
        return None
    return code if code >= 0 else 128 - code


def train(tree):
    env = dict(os.environ)
    env["ASSAY_DATA"] = os.pathsep.join(os.path.join(tree, path) for path in work["data"])
    env["ASSAY_PARAMS"] = os.pathsep.join(os.path.join(tree, path) for path in work["params"])
    before = {path: marks(os.path.join(tree, path)) for path in work["outputs"]}
    commands = [*work["setup"], work["run"]]
    for number, command in enumerate(commands, 1):
        last = number == len(commands)
        if not last:
            print("Setup: " + command, flush=True)
        code = run(command, tree, env)
        which = {} if last else {"setupCommand": number}
        if code is None:
            leave({"outcome": "timed-out", **which})
            # What ends the group ends this script too.
            shutil.rmtree(os.path.dirname(tree), ignore_errors=True)
            os.killpg(os.getpgrp(), signal.SIGKILL)
        if code != 0:
            leave({"outcome": "exited", "exitCode": code, **which})
            return code
    for path in work["outputs"]:
        given, own = os.path.join(output, path), os.path.join(tree, path)
        now = marks(own)
        if not os.path.exists(given) and now and now != before[path]:
            copy(own, given)
    wanted = sorted({file for path in work["outputs"] for file in files_of(os.path.join(output, path))})
    leave({"outcome": "exited", "exitCode": 0}, [record(path) for path in wanted])
    return 0


signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
shutil.rmtree(job["folder"], ignore_errors=True)
os.makedirs(output)
os.makedirs(os.environ["ASSAY_CHECKPOINT_DIR"], exist_ok=True)
with tempfile.TemporaryDirectory(prefix="assay-job-", ignore_cleanup_errors=True) as parent:
    tree = os.path.join(parent, "tree")
    shutil.copytree(os.path.dirname(here), tree, ignore=lambda folder, _: [".assay"] if folder == os.path.dirname(here) else [])
    for path, target in work["links"].items():
        os.makedirs(os.path.dirname(os.path.join(tree, path)), exist_ok=True)
        os.symlink(target, os.path.join(tree, path))
    code = train(tree)
sys.exit(code)
`),p(`work.json`,JSON.stringify({setup:s,run:c,data:l,params:u,outputs:d,links:i})));let m=n.map(({path:e,content:t,executable:n})=>[e,n,(0,f.ol)(t)]);return{name:`_ray_pkg_assay_${(0,f.VK)((0,f.ol)(JSON.stringify(m)),32)}.zip`,content(){let e=M(n);if(e.length>F)throw R(`${Math.ceil(e.length/1024**2)} MiB packed`);return e}}}function R(e){return new a.eb(`The files of the working directory are ${e}, and a Ray cluster takes 100 MiB. Keep data out of git (DVC, LFS) and fetch it in train.setup, or read it from storage that the cluster sees.`)}async function z(e,t,n){for(let i=(0,r.dirname)(n);i!==`.`;i=(0,r.dirname)(i))if(await e.readLink((0,r.join)(t,i))!==void 0)return i}var B=n(73102),V=n(36970);let H=o.E$q(o.Ikc({schema:o.euz(`assay.ray-result/v1`),job:o.YjP().check(s.Eb(200)),startedAt:B.w$(),seconds:o.aig().check(s.qm(0)),setupCommand:o.lqM(o.Whr().check(s.qm(1))),files:o.YOg(V.Xz).check(s.Eb(10010))}),o.gMt(`outcome`,[o.Ikc({outcome:o.euz(`exited`),exitCode:o.Whr()}),o.Ikc({outcome:o.euz(`timed-out`)})])),U=16*1024**2;async function W(e,t,n){let i=(0,r.join)(t,`result.json`),a=(await e.stat(i))?.bytes;if(a===void 0||a>U)return;let o=H.safeParse(K(await e.readText(i,U)??``));return o.success&&o.data.job===n?o.data:void 0}async function G(e,{from:t,to:n,records:i}){for(let{path:t,digest:r}of i){let i=await a(t,r);if(i!==void 0)return await e.remove(n),i}return;async function a(i,a){for(let n=i;n!==`.`;n=(0,r.dirname)(n))if(await e.readLink((0,r.join)(t,n))!==void 0)return`${n} is a link there`;if(!await e.exists((0,r.join)(t,i)))return`${i} is not there`;await e.copy((0,r.join)(t,i),(0,r.join)(n,i));let o=(await e.digest((0,r.join)(n,i))).digest;return o===a?void 0:`${i} should be ${a}, and ${o} was found`}}function K(e){try{return JSON.parse(e)}catch{return}}let q=7500;async function oe(e,t){let n=performance.now()+q;return Promise.race([r().catch(()=>!1),(0,i.setTimeout)(q,!1,{ref:!1})]);async function r(){for(await e.stop(t);performance.now()<n;){let n=await e.find(t);if(n?.status!==`PENDING`&&n?.status!==`RUNNING`)return!0;await(0,i.setTimeout)(250)}return!1}}let J=1e3;function Y({engine:e,gpus:t,origin:n,variables:i,files:o}){let s=l(i);return{async check(){return`problem`in s?{problems:[s.problem],warnings:[]}:{problems:await ne(D(s),e.storage,o),warnings:[]}},async run(e){if(`problem`in s)return Z(void 0,s.problem);let t=D(s);try{return await c(t,e)}catch(t){if(t instanceof E)return e.signal.aborted?{job:void 0,end:Q(e.signal)}:Z(void 0,`The Ray cluster did not do what was asked: ${t.message}. A job that it has goes on, and the next run finds it.`);if(t instanceof a.WV)return{job:void 0,end:{outcome:`not-started`,message:se(t.message)}};throw t}}};async function c(t,r){let i=performance.now()+r.timeoutMinutes*6e4;for(let a=1;a<=J;a+=1){if(r.signal.aborted)return{job:void 0,end:Q(r.signal)};let o=p(n,{storage:e.storage,seed:r.seed,number:a}),s=await t.find(o.id);if(s&&await u(s,o))continue;s&&r.progress(`Ray job ${o.id} has this training already (${s.status.toLowerCase()}); its log from the beginning:`);let c=!1;if(!s){let e=performance.now(),n=await r.work();if(`failure`in n)return{job:void 0,end:{outcome:`unprepared`,...n}};i+=performance.now()-e,c=await d(t,r,{work:n,attempt:o})}let l=await f(t,r,{attempt:o,deadline:i});if(l!==`stopped`)return l;if(c)return Z(o.id,`Ray job ${o.id} was stopped on the cluster before training was done.`);r.progress(`Ray job ${o.id} was stopped by whoever began it; the training is begun again.`)}throw new E(`after ${J} jobs for the same training no other is begun`)}async function u({status:e},{told:t}){return e===`STOPPED`||(e===`FAILED`||e===`SUCCEEDED`)&&await o.exists(t)}async function d(i,a,{work:s,attempt:c}){let{id:l,folder:u,checkpoints:d}=c,f=await L(s,o);await i.hasPackage(f.name)||await i.putPackage(f.name,f.content());let p=Math.ceil(a.timeoutMinutes*60),m={submission_id:l,entrypoint:P,runtime_env:{working_dir:`gcs://${f.name}`,env_vars:{...a.env,ASSAY_OUTPUT_DIR:(0,r.join)(u,`output`),ASSAY_CHECKPOINT_DIR:d,ASSAY_JOB:JSON.stringify({id:l,folder:u,timeoutSeconds:p})}},metadata:{repository:n.repository,scope:n.scope,model:n.model,input_hash:n.inputHash,seed:String(a.seed)},entrypoint_num_cpus:e.cpus,entrypoint_num_gpus:t};for(let e=performance.now()+6e4;;await $(a.signal)){let t=await i.submit(m).catch(X);if(!t)return a.progress(`Submitted as Ray job ${l}.`),!0;if(await i.find(l))return a.progress(`Ray job ${l} is there already; this run goes on with it.`),!1;if(!t.mayPass||performance.now()>e||a.signal.aborted)throw t}}async function f(t,n,{attempt:r,deadline:i}){let{id:a}=r,o,s=performance.now();try{for(;;){if(n.signal.aborted||performance.now()>i){let e=await oe(t,a);return n.progress(`Ray job ${a} ${e?`was stopped`:`could not be stopped in time; the next run finds it`}.`),{job:a,end:n.signal.aborted?Q(n.signal):{outcome:`timed-out`}}}let s=await c();if(s===`silent`){await $(n.signal);continue}if(!s)return Z(a,`The Ray cluster no longer knows the job ${a}: it was restarted. Run the job again to train.`);let l=s.status===`PENDING`||s.status===`RUNNING`;if(l&&e.handOff)return{job:a,end:{outcome:`handed-off`}};if(s.status!==`PENDING`&&(o??=ae(t,a,n.output)),!l)return await o?.finish(),s.status===`STOPPED`?`stopped`:await m(s,r,n);await $(n.signal)}}finally{o?.stop()}async function c(){try{let e=await t.find(a);return s=performance.now(),e}catch(e){if(X(e).mayPass&&performance.now()-s<6e5)return`silent`;throw e}}}async function m({status:e,driver_exit_code:t},n,i){let{id:a,folder:s,checkpoints:c,told:l}=n,u=()=>o.write(l,``).catch(e=>{i.progress(`Warning: ${l} cannot be written (${String(e)}), so the next run tells the same of job ${a}.`)}),d=await W(o,s,a),f=performance.now()+6e4;for(;!d&&e===`SUCCEEDED`&&performance.now()<f&&!i.signal.aborted;)await $(i.signal),d=await W(o,s,a);if(!d&&i.signal.aborted)return{job:a,end:Q(i.signal)};let{startedAt:p,seconds:m,setupCommand:h}=d??{},g={job:a,startedAt:p,seconds:m,setupCommand:h};if(e===`SUCCEEDED`&&d?.outcome===`exited`&&d.exitCode===0){let e=await G(o,{from:(0,r.join)(s,`output`),to:i.outputFolder,records:d.files});if(e===void 0){let e=d.files.map(({path:e})=>e);return i.outputs.every(t=>e.some(e=>e===t||e.startsWith(`${t}/`)))||await u(),await o.remove(c).catch(()=>{}),{...g,end:{outcome:`exited`,exitCode:0}}}return await u(),Z(a,`What the Ray job ${a} left in ${s} is not what it wrote: ${e}. Run the job again to train.`)}if(await u(),e===`SUCCEEDED`)return Z(a,`The Ray job ${a} ended well and left nothing in ${s}. Mount train.engine.ray.storage on the runner and on every machine of the cluster under the same path.`);if(d?.outcome===`timed-out`)return{...g,end:{outcome:`timed-out`}};let _=d?.exitCode??t??void 0;return _!==void 0&&_>0?{...g,end:{outcome:`exited`,exitCode:_}}:_!==void 0&&_<0?{...g,end:{outcome:`exited`,exitCode:128-_}}:Z(a,`The Ray job ${a} failed before its command ended: its files could not be set up, or its machine was lost. See the cluster's dashboard.`)}}function X(e){if(e instanceof E)return e;throw e}function Z(e,t){return{job:e,end:{outcome:`lost`,message:t}}}function Q(e){return{outcome:`cancelled`,signal:e.reason===`SIGINT`?`SIGINT`:`SIGTERM`}}async function $(e){await(0,i.setTimeout)(1e3,void 0,{signal:e}).catch(()=>{})}function se(e){return e.replace(/\.$/,``)}})};
