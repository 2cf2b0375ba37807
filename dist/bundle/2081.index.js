export const id=2081;export const ids=[2081];export const modules={92081:((e,t,n)=>{n.d(t,{pB:()=>l,renderComment:()=>s});var r=n(32105),i=n(45845),a=n(49393);let o=`<!-- assay:report v1 -->`;function s(e){return{marker:o,body:`${o}\n${(0,a.q)(e,59975)}`}}let c=`<!-- assay:stale -->`;function l(e,t,n){let a=`The results below are for \`${(0,i.Fu)(t)}\`; \`${(0,i.Fu)(n)}\` is being evaluated.`;if(e.includes(c))return e.replace(/; `[0-9a-f]{7}` is being evaluated\./,`; \`${(0,i.Fu)(n)}\` is being evaluated.`);let[s=``,...l]=e.replace(o,``).trim().split(`
`),u=l.filter(e=>!/^> \[![A-Z]+\]$/.test(e)).join(`
`).trim();return[`${o}\n${c}\n## ~~${s.replace(/^#+ /,``)}~~`,(0,r.xE)(`NOTE`,[a]),`<details><summary>Results for <code>${(0,i.Fu)(t)}</code></summary>\n\n${u}\n\n</details>`].join(`

`)}})};
