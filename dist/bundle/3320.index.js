export const id=3320;export const ids=[3320];export const modules={73320:((e,t,n)=>{n.d(t,{renderSummary:()=>i});var r=n(55420);function i(e){return`${(0,r.q)(e,1e6)}\n`}})};
